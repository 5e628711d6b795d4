// Postinstall: gives @tensorflow/tfjs-node its native library and binding. It never fails the installation: without them the
// kiosk runs on onnxruntime and says so. May be run again at any time: npm run postinstall, which passes npm's settings on.
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
