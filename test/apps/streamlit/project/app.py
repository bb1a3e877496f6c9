"""A page with a picture, for which matplotlib looks for a folder of its own."""
import matplotlib.pyplot as plt
import streamlit as st


def main():
    figure, axes = plt.subplots()
    axes.plot([1, 2, 3])
    st.title("hello from Streamlit")
    st.pyplot(figure)


if __name__ == "__main__":
    main()
