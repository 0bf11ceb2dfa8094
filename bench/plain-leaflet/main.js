// Marks and measures as Upheld does: `first-map`, `ready`, `recolour`, `open-council`.
const COLOURS = ['#fde0c5', '#facba6', '#f8b58b', '#f59e72', '#f2855d', '#ef6a4c'];
const measure = document.getElementById('measure');

function colour(rate) {
  return rate === undefined ? '#dddddd' : COLOURS[Math.min(COLOURS.length - 1, Math.floor((rate / 101) * COLOURS.length))];
}

function afterPaint(then) {
  requestAnimationFrame(() => {
    const next = new MessageChannel();
    next.port1.onmessage = then;
    next.port2.postMessage(undefined);
  });
}

function measureFrom(name, event) {
  afterPaint(() => performance.measure(name, { start: event.timeStamp, end: performance.now() }));
}

async function main() {
  const [boundaries, rates] = await Promise.all(['boundaries.geojson', 'rates.json'].map((file) => fetch(file).then((answer) => answer.json())));
  const ratesOf = (feature) => rates[feature.id ?? feature.properties.code] ?? {};
  const style = (feature) => ({ color: '#ffffff', weight: 0.5, fillOpacity: 1, fillColor: colour(ratesOf(feature)[measure.value]) });
  const map = L.map('map', { attributionControl: false, renderer: L.canvas() });
  const layer = L.geoJSON(boundaries, {
    style,
    onEachFeature: (feature, shape) => {
      shape.on('click', ({ originalEvent, latlng }) => {
        const { uphold, compliance, remedy } = ratesOf(feature);
        const figure = (rate) => (rate === undefined ? 'no figure' : `${rate}%`);
        L.popup()
          .setLatLng(latlng)
          .setContent(`<h2>${feature.properties.name}</h2><p>Upheld: ${figure(uphold)}</p><p>Compliance: ${figure(compliance)}</p><p>Remedies: ${figure(remedy)}</p>`)
          .openOn(map);
        measureFrom('open-council', originalEvent);
      });
    },
  }).addTo(map);
  map.fitBounds(layer.getBounds(), { animate: false });
  measure.addEventListener('change', (event) => {
    layer.setStyle(style);
    measureFrom('recolour', event);
  });
  afterPaint(() => {
    performance.mark('first-map');
    performance.mark('ready');
  });
}

main();
