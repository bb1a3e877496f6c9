import type { PageServing } from '../pages.ts';
import { serveWithStreamlit } from './launch.ts';

export const STREAMLIT: PageServing = { title: 'Streamlit', serve: serveWithStreamlit };
