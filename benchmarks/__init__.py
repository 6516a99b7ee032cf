"""Tables of what copydesk costs and how well it reads pages; each script says what it needs."""
