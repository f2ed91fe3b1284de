import { createRoot } from "react-dom/client";
import { Story } from "./Story.jsx";

createRoot(document.getElementById("root")).render(
  <Story title="绍兴市教育工作会议召开">
    <p>云泽日报讯（记者苏文漪 报道）3月18日，绍兴市教育工作会议召开。副市长陈立群在会上发言。</p>
  </Story>,
);
