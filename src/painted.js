// Stands in the first page right after the map that was drawn ahead and its legend: the next frame paints them, and what comes after it marks that. `upheld render` and csp.mjs take the last line.
requestAnimationFrame(()=>setTimeout(()=>performance.mark('first-map')))
