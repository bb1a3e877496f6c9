import gradio as gr

with gr.Blocks() as demo:
    name = gr.Textbox(label="Name")
    gr.Markdown("hello")
