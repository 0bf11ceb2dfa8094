// A slow connection and a slow processor, and what a page took over the network.

/** The two conditions in which times are told. */
export const CONDITIONS = {
  'Slow 4G, CPU 4× slower': { network: { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 }, cpu: 4 },
  unthrottled: { network: undefined, cpu: 1 },
};

/** Puts a page under a condition. */
export async function throttle(page, { network, cpu }) {
  const session = await page.context().newCDPSession(page);
  if (network) await session.send('Network.emulateNetworkConditions', network);
  await session.send('Emulation.setCPUThrottlingRate', { rate: cpu });
}

/**
 * What the page has asked for up to a moment (milliseconds from the navigation's start), the page itself included: each
 * request that had begun, with all its bytes on the wire, the response's headers counted as the browser counts them.
 *
 * @returns {Promise<{url: string, bytes: number}[]>}
 */
export async function requestsUntil(page, moment) {
  // A request that had begun by then counts in full, so it has to have ended.
  await page.waitForLoadState('networkidle');
  return page.evaluate((until) => {
    const [navigation] = performance.getEntriesByType('navigation');
    const resources = performance.getEntriesByType('resource').filter(({ startTime, name }) => startTime < until && name.startsWith('http'));
    return [navigation, ...resources].map(({ name, transferSize }) => ({ url: name, bytes: transferSize }));
  }, moment);
}
