// On narrow paper the rooms stand in one line that moves sideways: it begins where the present room is in sight.
const line = document.querySelector(".rooms");
const here = line?.querySelector("[aria-current]");
if (here && line.scrollWidth > line.clientWidth) {
  const place = here.getBoundingClientRect();
  line.scrollLeft += place.left - line.getBoundingClientRect().left - (line.clientWidth - place.width) / 2;
}
