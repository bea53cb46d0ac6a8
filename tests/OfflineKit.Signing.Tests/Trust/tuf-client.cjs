// An independent TUF client (tuf-js) walks a repository in a folder: node tuf-client.cjs MODULES REPOSITORY CACHE TARGET…
// It fetches nothing from a network: the fetcher below reads files. Prints the SHA-256 of each target, or fails.
'use strict';
const crypto = require('crypto'), fs = require('fs'), path = require('path'), { createRequire } = require('module'), { Readable } = require('stream');
const [modules, repository, cache, ...targets] = process.argv.slice(2);
const load = createRequire(path.join(modules, 'x.js'));
const { Updater, BaseFetcher } = load('tuf-js');
const { DownloadHTTPError } = load(path.join(path.dirname(load.resolve('tuf-js')), 'error.js'));

class FileFetcher extends BaseFetcher {
  async fetch(url) {
    const file = path.join(repository, new URL(url).pathname);
    if (!fs.existsSync(file)) throw new DownloadHTTPError(`${file} is missing`, 404);
    return Readable.toWeb(fs.createReadStream(file));
  }
}

(async () => {
  const metadataDir = path.join(cache, 'metadata'), targetDir = path.join(cache, 'targets');
  fs.mkdirSync(metadataDir, { recursive: true });
  fs.mkdirSync(targetDir, { recursive: true });
  if (!fs.existsSync(path.join(metadataDir, 'root.json'))) {
    fs.copyFileSync(path.join(repository, 'metadata', '1.root.json'), path.join(metadataDir, 'root.json'));
  }
  const updater = new Updater({
    metadataDir, targetDir, metadataBaseUrl: 'http://repository.invalid/metadata', targetBaseUrl: 'http://repository.invalid/targets',
    fetcher: new FileFetcher({}), config: { prefixTargetsWithHash: false },
  });
  await updater.refresh();
  for (const target of targets) {
    const info = await updater.getTargetInfo(target);
    if (!info) throw new Error(`no role signs for ${target}`);
    const file = await updater.downloadTarget(info);
    console.log(`${crypto.createHash('sha256').update(fs.readFileSync(file)).digest('hex')}  ${target}`);
  }
})().catch((error) => { console.error(`${error.constructor.name}: ${error.message}`); process.exit(1); });
