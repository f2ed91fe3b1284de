/**
 * Lets messages, timers, input and paints have their turn. Not by `scheduler.yield`, whose
 * continuations come before the page's own timers: a guest waits in line.
 */
export function breath() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      // Open ports keep Node from ending.
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(0);
  });
}
