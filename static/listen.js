/* Read an answer aloud with the browser's own voices.
 *
 * Only with a voice that is on the device: others send what they read to whoever made them.
 */

const button = document.querySelector("[data-listen]");
const speech = globalThis.speechSynthesis;

const voice = () =>
  speech?.getVoices().find((one) => one.localService && one.lang.split(/[-_]/)[0] === button.dataset.lang.split("-")[0]);

const label = button?.textContent;

function show() {
  button.hidden = !voice();
}

function stopped() {
  button.textContent = label;
  button.setAttribute("aria-pressed", "false");
}

if (button && speech) {
  show();
  // Voices may come a moment after the page.
  speech.addEventListener?.("voiceschanged", show);
  addEventListener("pagehide", () => speech.cancel());
  button.addEventListener("click", () => {
    const speaking = button.getAttribute("aria-pressed") === "true";
    speech.cancel();
    if (speaking) return stopped();
    const text = [...document.querySelectorAll(button.dataset.listen)].map((one) => one.innerText).join("\n");
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.voice = voice();
    utterance.lang = button.dataset.lang;
    utterance.addEventListener("end", stopped);
    button.textContent = button.dataset.stop;
    button.setAttribute("aria-pressed", "true");
    speech.speak(utterance);
  });
}
