// Passkeys: the button appears where the browser can do it, asks the device, and sends the answer with the form.
const button = document.querySelector("[data-passkey]");
if (button && window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
  const form = button.form;
  const publicKey = JSON.parse(document.getElementById("passkey-options").textContent);
  const ask = {
    create: () => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) }),
    get: () => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) }),
  }[button.dataset.passkey];
  for (const part of document.querySelectorAll("[data-with-passkey]")) part.hidden = false;
  button.addEventListener("click", async (event) => {
    if (form.elements.passkey.value) return;
    event.preventDefault();
    try {
      form.elements.passkey.value = JSON.stringify(await ask());
      button.click();
    } catch {
      document.querySelector("[data-passkey-stopped]").hidden = false;
    }
  });
}
