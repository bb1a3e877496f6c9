import sys

import streamlit as st
from streamlit.web import cli

if st.runtime.exists():
    st.title("hello")
else:
    sys.argv = ["streamlit", "run", "app.py"]
    sys.exit(cli.main())
