import streamlit as st


def main():
    st.title("hello")


if __name__ == "__main__":
    main()
