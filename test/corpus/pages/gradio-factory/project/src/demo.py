import gradio as gr


def build():
    with gr.Blocks() as blocks:
        gr.Markdown("hello")
    return blocks


page = build()
