"""The explorer: the store in a browser.

`views` are functions from the store to plain records, `drawing` from these to markup, `screens` put both on the screen
with Streamlit, which is imported nowhere else.
"""
