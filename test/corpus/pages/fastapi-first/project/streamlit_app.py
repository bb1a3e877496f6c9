from streamlit import title

title("hello")
