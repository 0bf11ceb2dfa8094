// Stands in the first page right behind the map that was drawn ahead and its key: marks the next frame, which is the one that paints them. A message that is sent in a frame
// arrives after that is painted, and before the next. `upheld render` and csp.mjs take the last line.
requestAnimationFrame(()=>{const{port1,port2}=new MessageChannel;port1.onmessage=()=>performance.mark('first-map');port2.postMessage(0)})
