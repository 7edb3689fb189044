"""Microsoft's local Teams client, the Agents Playground: started beside the bot, and driven over HTTP."""
