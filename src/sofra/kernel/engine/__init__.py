"""The thinking that several rooms share: plain Python, no Django."""
