"""A page with a text."""
import gradio as gr

with gr.Blocks() as demo:
    gr.Markdown("hello from Gradio")
