// A page that waits for something that is being made: looked at again every five seconds, shown anew once it is there.
const looking = setInterval(async () => {
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok || (await answer.text()).includes("data-waits")) return;
  clearInterval(looking);
  location.reload();
}, 5000);
