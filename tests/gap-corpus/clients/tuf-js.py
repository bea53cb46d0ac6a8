#!/usr/bin/env python3
"""tuf-js, the client of npm and sigstore-js, with files in place of a server."""
from pathlib import Path
from contract import BROKEN, by_status, main, program, run

UPDATE = """
const { Updater, BaseFetcher } = require("tuf-js");
const { createReadStream, existsSync, mkdirSync } = require("fs"), { join } = require("path"), { Readable } = require("stream");
const [repository, target] = process.argv.slice(1);
const { DownloadHTTPError } = require("tuf-js/dist/error");
class Files extends BaseFetcher {
  async fetch(url) {
    const path = join(repository, new URL(url).pathname);
    if (!existsSync(path)) throw new DownloadHTTPError("not there", 404);
    return Readable.toWeb(createReadStream(path));
  }
}
(async () => {
  mkdirSync("taken", { recursive: true });
  const updater = new Updater({ metadataDir: "metadata", metadataBaseUrl: "http://files.example/metadata", targetDir: "taken", targetBaseUrl: "http://files.example/targets", fetcher: new Files({}), config: { prefixTargetsWithHash: false } });
  await updater.refresh();
  const info = await updater.getTargetInfo(target);
  if (!info) throw new Error("no role lists it");
  await updater.downloadTarget(info);
})().catch(error => { console.error(String(error)); process.exit(1); });
"""


def tuf(root, target, earlier=None):
    Path("metadata").mkdir()
    Path("metadata/root.json").write_bytes(Path(earlier or root).read_bytes())
    if earlier and run(program("peers-node"), "-e", UPDATE, Path(earlier).parent.parent, target).status:
        return BROKEN
    return by_status(run(program("peers-node"), "-e", UPDATE, Path(root).parent.parent, target))


main({"tuf": tuf}, lambda: "tuf-js " + run(program("peers-node"), "-p", 'require("tuf-js/package.json").version').out.strip())
