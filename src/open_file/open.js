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

// Holds `opened` in this tab or, where `keep` asks for it, in this browser until it is removed.
window.upheldKeep = async (opened, keep) => {
  if (keep) {
    await withStore((store) => store.put(opened, 'opened'));
    localStorage.upheldKept = 'yes';
    sessionStorage.removeItem('upheldOpened');
  } else {
    sessionStorage.upheldOpened = opened;
    await window.upheldForgetKept();
  }
};

window.upheldForgetKept = async () => {
  if (!localStorage.upheldKept) return;
  localStorage.removeItem('upheldKept');
  await withStore((store) => store.clear());
};

window.upheldForget = async () => {
  sessionStorage.removeItem('upheldOpened');
  await window.upheldForgetKept();
};

start().catch(() => {
  const place = document.getElementById('open');
  place.innerHTML = '<div class="problem" role="alert"><p>This page could not be started: its program did not arrive, or this browser cannot run it.</p><button type="button">Try again</button></div>';
  place.querySelector('button').onclick = () => location.reload();
});
