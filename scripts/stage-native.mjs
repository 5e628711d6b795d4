// Postinstall: installs the native library and binding of @tensorflow/tfjs-node. It never fails the installation: without them the
// kiosk runs on onnxruntime and says so. It may be repeated at any time with npm run postinstall, which passes on npm's settings.
import { stageNative } from './native/stage.mjs';

const say = (line) => {
  console.log(`native backend: ${line}`);
};

try {
  await stageNative({ env: process.env, say });
} catch (error) {
  say(`not staged: ${error.message}`);
  if (error.cure !== undefined) say(`to fix: ${error.cure}`);
  say('the kiosk uses onnxruntime until then; repeat with: npm run postinstall');
}
