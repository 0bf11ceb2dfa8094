// Starts the program that reads a file, in a worker.
import start from './upheld-worker.js';

await start();
