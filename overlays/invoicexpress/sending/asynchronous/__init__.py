"""All that runs on an event loop, of asyncio or trio. Loads with the first AsyncInvoiceXpress."""
