"""What programs get by `import copydesk`: texts repaired, bytes decoded, pages restored and opened, without a screen."""
