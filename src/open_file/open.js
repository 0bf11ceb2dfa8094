// Starts the page's program, and keeps what it opened: see also opened.js, which gives it back.
import start from './upheld-open.js';

const done = (asked) => new Promise((resolve, reject) => {
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
});

async function withStore(work) {
  const asked = indexedDB.open('upheld', 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore('opened');
  const kept = await done(asked);
  try {
    await done(work(kept.transaction('opened', 'readwrite').objectStore('opened')));
  } finally {
    kept.close();
  }
}

// Holds `opened` in this tab or, where `keep` asks for it, in this browser until it is removed. Where what this tab showed was
// kept (`wasKept`) and is to be no longer, it is forgotten there; what another tab keeps stays.
window.upheldKeep = async (opened, keep, wasKept) => {
  if (keep) {
    await withStore((store) => store.put(opened, 'opened'));
    localStorage.upheldKept = 'yes';
    sessionStorage.removeItem('upheldOpened');
  } else {
    sessionStorage.upheldOpened = opened;
    if (wasKept) await forgetKept();
  }
};

const forgetKept = async () => {
  localStorage.removeItem('upheldKept');
  await withStore((store) => store.clear());
};

// Forgets what this tab showed.
window.upheldForget = async (wasKept) => {
  sessionStorage.removeItem('upheldOpened');
  if (wasKept) await forgetKept();
};

start().catch(() => {
  const place = document.getElementById('open');
  place.innerHTML = '<div class="problem" role="alert"><p>This page could not be started: its program did not arrive, or this browser cannot run it.</p><button type="button">Try again</button></div>';
  place.querySelector('button').onclick = () => location.reload();
}).then(() => navigator.serviceWorker && import('./offline.js')).catch(() => {
  // What makes the site readable offline comes last; without it the page is what it is.
});
