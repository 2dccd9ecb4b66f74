// Whoever signs in next finds nothing of who sat here before: what could be taken back, and who that was.
sessionStorage.clear();
localStorage.removeItem("member");
