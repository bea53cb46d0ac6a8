// Run by generate.sh, with the test instance up: MOCK INSTANCE_FOLDER ISSUER VECTORS WORK.
'use strict';

async function main() {
  const only = process.env.ONLY?.split(' ');
  for (const format of ['cosign', 'json-lines', 'npm', 'pypi', 'oci-image'].filter(name => !only || only.includes(name))) {
    await require(`./${format}.js`)();
    console.log(format);
  }
}
main().catch(error => { console.error(error, error.cause, error.stderr?.toString()); process.exit(1); });
