export const metadata = { title: "mingzhu with Next.js" };

export default function Layout({ children }) {
  return (
    <html lang="zh-Hans">
      <body>{children}</body>
    </html>
  );
}
