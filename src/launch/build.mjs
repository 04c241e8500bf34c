import { ensureBuild } from './ensure-build.mjs';
import { launching } from './launch-fault.mjs';
import { requireNode } from './require-node.mjs';

// `npm run build`: does nothing when dist/ is the build of these sources.
await launching(async () => {
  requireNode();
  await ensureBuild();
});
