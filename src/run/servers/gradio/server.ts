import type { PageServing } from '../pages.ts';
import { serveWithGradio } from './launch.ts';

export const GRADIO: PageServing = { title: 'Gradio', serve: serveWithGradio };
