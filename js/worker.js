/** The worker's script, as a module of its own. */

import { serve } from "./serve.js";

serve();
