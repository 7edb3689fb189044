// Loaded before the Playground, which has no option for it: whatever it serves, it serves on loopback alone.
const net = require("node:net");

const listen = net.Server.prototype.listen;

net.Server.prototype.listen = function (first, ...rest) {
  const done = rest.filter((one) => typeof one === "function");
  if (typeof first === "object" && first !== null && first.port !== undefined) {
    return listen.call(this, { ...first, host: "127.0.0.1" }, ...done);
  }
  if (typeof first === "number" || /^\d+$/.test(first)) {
    return listen.call(this, { port: Number(first), host: "127.0.0.1" }, ...done);
  }
  return listen.call(this, first, ...rest);
};
