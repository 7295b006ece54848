// Every browser test, in one process and so with one browser. A single file runs too: `node --test phone.test.js`.

import './colours.test.js';
import './keyboard.test.js';
import './phone.test.js';
import './print.test.js';
import './scripts-off.test.js';
import './paths.test.js';
import './policy.test.js';
import './accessibility.test.js';
import './direction.test.js';
import './disk.test.js';
import './images.test.js';
import './labels.test.js';
import './search-network.test.js';
import './search-words.test.js';
import './search.test.js';
import './serve.test.js';
