import { session } from "../data/msb.ts";

/** How a phone or another computer of the network comes here. Without `--host` there is no way, and nothing is shown. */
export function OtherDevices() {
  const { networkUrls = [], qrCode } = session.value ?? {};
  if (networkUrls.length === 0) {
    return null;
  }
  return (
    <>
      <button type="button" class="quiet" popovertarget="other-devices">
        Open on a phone
      </button>
      <div id="other-devices" class="card" popover="auto">
        <h2>Open it on a phone</h2>
        {qrCode === undefined ? null : (
          <img
            class="qr"
            alt={`QR code of ${networkUrls[0]}`}
            src={`data:image/svg+xml,${encodeURIComponent(qrCode)}`}
          />
        )}
        <p class="hint">It has to be in the same network as this computer.</p>
        <ul>
          {networkUrls.map((url) => (
            <li key={url}>
              <a href={url}>{url}</a>
            </li>
          ))}
        </ul>
        <button type="button" class="quiet" popovertarget="other-devices" popovertargetaction="hide">
          Close
        </button>
      </div>
    </>
  );
}
