"""The three panes and the status line: what each shows of what is open.

Lists that lie over them are `sheets`; what is shown of a text is `pagetext`.
"""
