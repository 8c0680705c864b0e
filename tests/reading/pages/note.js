/* Pages record here what really happened to them, in the outermost window whatever frame or origin they stand in. */
(function () {
  if (window === window.top) {
    window.happened = [];
    window.addEventListener("message", function (event) {
      if (event.data && typeof event.data.happened === "string") window.happened.push(event.data.happened);
    });
  }
  window.note = function (what) {
    try { window.top.happened.push(what); } catch (otherOrigin) { window.top.postMessage({ happened: what }, "*"); }
  };
})();
