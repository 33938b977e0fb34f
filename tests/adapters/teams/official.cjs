// Reads a list of cards, answers with the faults that Microsoft's library finds in each.
// Its swiper looks for a browser when it is loaded; nothing is drawn here.
globalThis.self = globalThis;
const AC = require("adaptivecards/dist/adaptivecards.min.js");

const answer = JSON.parse(require("fs").readFileSync(0, "utf8")).map((card) => {
  const faults = [];
  const context = new AC.SerializationContext(new AC.Version(1, 5));
  const parsed = new AC.AdaptiveCard();
  parsed.hostConfig = new AC.HostConfig({ actions: { maxActions: 20 } }); // six show, the rest in a menu
  parsed.parse(card, context);
  for (let at = 0; at < context.eventCount; at++) faults.push(context.getEventAt(at).message);
  for (const each of parsed.validateProperties().validationEvents) faults.push(each.message);
  return faults;
});
process.stdout.write(JSON.stringify(answer));
