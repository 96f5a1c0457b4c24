PRAGMA application_id = 1230521650;
PRAGMA user_version = 4;
BEGIN TRANSACTION;
CREATE TABLE accounts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    api_key TEXT NOT NULL UNIQUE,
    organization_name TEXT NOT NULL,
    fiscal_id TEXT NOT NULL,
    settings TEXT NOT NULL DEFAULT '{}',
    clock_offset_us INTEGER NOT NULL DEFAULT 0,
    clock_frozen_at TEXT,
    state TEXT NOT NULL DEFAULT 'active',
    trial INTEGER NOT NULL DEFAULT 0,
    partner INTEGER NOT NULL DEFAULT 0,
    created_by INTEGER REFERENCES accounts (id),
    at_user TEXT,
    owner TEXT NOT NULL DEFAULT '{}',
    password_digest TEXT
) STRICT;
INSERT INTO "accounts" VALUES(30001,'demo','demo-key','Demo, Lda. (fictícia)','599999993','{"language": "pt", "country": "Portugal", "document_limit": null, "pdf": "immediate", "qr_code": {"polls": 2}, "saft": {"polls": 2}, "at_doc_code": {"polls": 2}, "fiscal_id": "refuse", "at_registration": "automatic", "series_registration": "required", "multibanco": true, "unknown_country": "refuse", "unknown_fields": "ignore", "retry_after": true, "rate_limit_headers": false, "list_lag": {"seconds": 0.0}}',0,'2026-10-01T08:00:00+00:00','active',0,1,NULL,NULL,'{"tax_country": "1", "language": "pt"}',NULL);
INSERT INTO "accounts" VALUES(30002,'loja','loja-key','Loja, Lda. (fictícia)','599999993','{"language": "pt", "country": "Portugal", "document_limit": null, "pdf": {"polls": 4}, "qr_code": {"polls": 2}, "saft": {"polls": 2}, "at_doc_code": {"polls": 2}, "fiscal_id": "refuse", "at_registration": "automatic", "series_registration": "required", "multibanco": true, "unknown_country": "refuse", "unknown_fields": "ignore", "retry_after": true, "rate_limit_headers": false, "list_lag": {"seconds": 1.5}}',0,'2026-10-01T08:05:00+00:00','active',0,1,NULL,NULL,'{"tax_country": "1", "language": "pt"}',NULL);
CREATE TABLE clients (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    code TEXT,
    email TEXT,
    language TEXT,
    address TEXT,
    city TEXT,
    postal_code TEXT,
    country TEXT,
    fiscal_id TEXT,
    website TEXT,
    phone TEXT,
    fax TEXT,
    observations TEXT,
    contact_name TEXT,
    contact_email TEXT,
    contact_phone TEXT,
    contact_mobile TEXT,
    send_options INTEGER,
    payment_days INTEGER NOT NULL DEFAULT 0,
    tax_exemption_code TEXT NOT NULL DEFAULT 'M00',
    UNIQUE (account_id, name),
    UNIQUE (account_id, code)
) STRICT;
INSERT INTO "clients" VALUES(600001,30001,'Ana Exemplo, Lda.','A','ana@example.com',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,'M00');
INSERT INTO "clients" VALUES(10600001,30002,'Ana Exemplo, Lda.','A','ana@example.com',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,'M00');
CREATE TABLE counters (
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    thing TEXT NOT NULL,
    before_first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (account_id, thing)
) STRICT, WITHOUT ROWID;
INSERT INTO "counters" VALUES(30001,'clients',600000,600001);
INSERT INTO "counters" VALUES(30001,'documents',2000000,2000012);
INSERT INTO "counters" VALUES(30001,'items',400000,400002);
INSERT INTO "counters" VALUES(30001,'outbox',0,1);
INSERT INTO "counters" VALUES(30001,'regularizations',810000,810000);
INSERT INTO "counters" VALUES(30001,'series',146000,146017);
INSERT INTO "counters" VALUES(30001,'taxes',70000,70004);
INSERT INTO "counters" VALUES(30001,'treasury_movements',910000,910000);
INSERT INTO "counters" VALUES(30002,'clients',10600000,10600001);
INSERT INTO "counters" VALUES(30002,'documents',12000000,12000012);
INSERT INTO "counters" VALUES(30002,'items',10400000,10400002);
INSERT INTO "counters" VALUES(30002,'outbox',10000000,10000001);
INSERT INTO "counters" VALUES(30002,'regularizations',10810000,10810000);
INSERT INTO "counters" VALUES(30002,'series',10146000,10146017);
INSERT INTO "counters" VALUES(30002,'taxes',10070000,10070004);
INSERT INTO "counters" VALUES(30002,'treasury_movements',10910000,10910000);
CREATE TABLE deliveries (
    document_id INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    loaded_at TEXT,
    license_plate TEXT,
    address_from TEXT,
    address_to TEXT,
    load_site TEXT,
    delivery_site TEXT,
    at_doc_code TEXT
) STRICT;
INSERT INTO "deliveries" VALUES(2000007,'2026-10-02T10:00:00','AA-00-BB','{"detail": "Rua A 1", "city": "Lisboa", "postal_code": "1000-001", "country": "Portugal"}','{"detail": "Rua A 1", "city": "Lisboa", "postal_code": "1000-001", "country": "Portugal"}',NULL,NULL,NULL);
INSERT INTO "deliveries" VALUES(2000008,'2026-10-02T10:00:00','AA-00-BB','{"detail": "Rua A 1", "city": "Lisboa", "postal_code": "1000-001", "country": "Portugal"}','{"detail": "Rua A 1", "city": "Lisboa", "postal_code": "1000-001", "country": "Portugal"}',NULL,NULL,NULL);
INSERT INTO "deliveries" VALUES(12000007,'2026-10-02T10:00:00','AA-00-BB','{"detail": "Rua A 1", "city": "Lisboa", "postal_code": "1000-001", "country": "Portugal"}','{"detail": "Rua A 1", "city": "Lisboa", "postal_code": "1000-001", "country": "Portugal"}',NULL,NULL,NULL);
INSERT INTO "deliveries" VALUES(12000008,'2026-10-02T10:00:00','AA-00-BB','{"detail": "Rua A 1", "city": "Lisboa", "postal_code": "1000-001", "country": "Portugal"}','{"detail": "Rua A 1", "city": "Lisboa", "postal_code": "1000-001", "country": "Portugal"}',NULL,NULL,NULL);
CREATE TABLE document_lines (
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    item_id INTEGER REFERENCES items (id) ON DELETE SET NULL,
    name TEXT NOT NULL,
    description TEXT,
    unit_price TEXT NOT NULL,
    quantity TEXT NOT NULL,
    unit TEXT,
    discount TEXT NOT NULL,
    tax_id INTEGER NOT NULL,
    tax_name TEXT NOT NULL,
    tax_value TEXT NOT NULL,
    tax_region TEXT,
    tax_code TEXT,
    tax_exemption TEXT,
    PRIMARY KEY (document_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "document_lines" VALUES(2000001,0,400001,'Trabalho',NULL,'50.0000','3.00',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000001,1,400002,'Livro',NULL,'10.5000','1',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000002,0,400001,'Trabalho',NULL,'50.0000','3.00',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000002,1,400002,'Livro',NULL,'10.5000','1',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000003,0,400001,'Trabalho',NULL,'50.0000','3.00',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000003,1,400002,'Livro',NULL,'10.5000','1',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000004,0,400001,'Trabalho',NULL,'50.0000','3.00',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000004,1,400002,'Livro',NULL,'10.5000','1',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000005,0,400001,'Trabalho',NULL,'50.0000','3.00',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000005,1,400002,'Livro',NULL,'10.5000','1',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000006,0,400001,'Trabalho',NULL,'50.0000','3.00',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000006,1,400002,'Livro',NULL,'10.5000','1',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000007,0,400001,'Trabalho',NULL,'50.0000','3.00',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000007,1,400002,'Livro',NULL,'10.5000','1',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000008,0,400001,'Trabalho',NULL,'50.0000','3.00',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000008,1,400002,'Livro',NULL,'10.5000','1',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000009,0,400001,'Trabalho',NULL,'50.0000','3.00',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000009,1,400002,'Livro',NULL,'10.5000','1',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000011,0,400001,'Trabalho',NULL,'50.0000','3.00',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000011,1,400002,'Livro',NULL,'10.5000','1',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000012,0,400001,'Trabalho',NULL,'50.0000','3.00',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000012,1,400002,'Livro',NULL,'10.5000','1',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(12000001,0,10400001,'Trabalho',NULL,'50.0000','3.00',NULL,'0',10070001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(12000001,1,10400002,'Livro',NULL,'10.5000','1',NULL,'0',10070001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(12000002,0,10400001,'Trabalho',NULL,'50.0000','3.00',NULL,'0',10070001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(12000002,1,10400002,'Livro',NULL,'10.5000','1',NULL,'0',10070001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(12000003,0,10400001,'Trabalho',NULL,'50.0000','3.00',NULL,'0',10070001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(12000003,1,10400002,'Livro',NULL,'10.5000','1',NULL,'0',10070001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(12000004,0,10400001,'Trabalho',NULL,'50.0000','3.00',NULL,'0',10070001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(12000004,1,10400002,'Livro',NULL,'10.5000','1',NULL,'0',10070001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(12000005,0,10400001,'Trabalho',NULL,'50.0000','3.00',NULL,'0',10070001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(12000005,1,10400002,'Livro',NULL,'10.5000','1',NULL,'0',10070001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(12000006,0,10400001,'Trabalho',NULL,'50.0000','3.00',NULL,'0',10070001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(12000006,1,10400002,'Livro',NULL,'10.5000','1',NULL,'0',10070001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(12000007,0,10400001,'Trabalho',NULL,'50.0000','3.00',NULL,'0',10070001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(12000007,1,10400002,'Livro',NULL,'10.5000','1',NULL,'0',10070001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(12000008,0,10400001,'Trabalho',NULL,'50.0000','3.00',NULL,'0',10070001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(12000008,1,10400002,'Livro',NULL,'10.5000','1',NULL,'0',10070001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(12000009,0,10400001,'Trabalho',NULL,'50.0000','3.00',NULL,'0',10070001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(12000009,1,10400002,'Livro',NULL,'10.5000','1',NULL,'0',10070001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(12000011,0,10400001,'Trabalho',NULL,'50.0000','3.00',NULL,'0',10070001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(12000011,1,10400002,'Livro',NULL,'10.5000','1',NULL,'0',10070001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(12000012,0,10400001,'Trabalho',NULL,'50.0000','3.00',NULL,'0',10070001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(12000012,1,10400002,'Livro',NULL,'10.5000','1',NULL,'0',10070001,'IVA23','23.0','PT','NOR',NULL);
CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    type TEXT NOT NULL,
    family TEXT NOT NULL,
    status TEXT NOT NULL,
    archived INTEGER NOT NULL DEFAULT 0,
    date TEXT NOT NULL,
    due_date TEXT NOT NULL,
    reference TEXT,
    observations TEXT,
    retention TEXT,
    tax_exemption TEXT,
    client_id INTEGER NOT NULL REFERENCES clients (id),
    client TEXT NOT NULL,
    client_search TEXT NOT NULL,
    currency_code TEXT,
    rate TEXT,
    discount_type TEXT,
    discount_value TEXT,
    owner_id INTEGER REFERENCES documents (id),
    wants_multibanco INTEGER NOT NULL DEFAULT 0,
    has_multibanco INTEGER NOT NULL DEFAULT 0,
    proprietary_uid TEXT,
    series_row_id INTEGER REFERENCES series_rows (id),
    number INTEGER,
    serie TEXT,
    atcud TEXT,
    signature TEXT,
    system_entry TEXT,
    cancel_message TEXT,
    canceled_at TEXT,
    sum INTEGER NOT NULL,
    discount INTEGER NOT NULL,
    before_taxes INTEGER NOT NULL,
    taxes INTEGER NOT NULL,
    total INTEGER NOT NULL,
    search TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO "documents" VALUES(2000001,30001,'Invoice','invoice','final',0,'2026-10-01','2026-10-01','R-invoices',NULL,NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "A", "email": null, "language": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
a',NULL,NULL,NULL,NULL,NULL,0,0,'uid-invoices',146001,1,'DEMO','EMU69P7R-1','QTmKwerDz45OlCHhPAOPJAjCiy4A6Yydx4q36rUMLuytGoVdiyhg8byCX1dyFfFid9ioFzUqCyyRQAdv+G1MtjymS1t5fsSjP1k4vyGQfbkRk7BHkphw3mW+oCAaB9DpTgPZJkQ+7x/jRtNTXc4H2XqGxt+k4dUq+sPyu5gDE00=','2026-10-01T09:00:00+01:00',NULL,NULL,16050,0,16050,3692,19742,'r-invoices
trabalho
livro
1/demo
demo/1',3);
INSERT INTO "documents" VALUES(2000002,30001,'Invoice','invoice','draft',0,'2026-10-01','2026-10-01','R-invoices','rascunho',NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "A", "email": "ana@example.com", "language": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
a
ana@example.com',NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,16050,0,16050,3692,19742,'r-invoices
rascunho
trabalho
livro',2);
INSERT INTO "documents" VALUES(2000003,30001,'InvoiceReceipt','invoice','settled',0,'2026-10-01','2026-10-01','R-invoice_receipts',NULL,NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "A", "email": null, "language": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
a',NULL,NULL,NULL,NULL,NULL,0,0,'uid-invoice_receipts',146003,1,'DEMO','EMU5THC4-1','VqZzsFAR5kHPfSgHhX6Ji0sUO74uQS3xdyO08kXngwt+Yg/Dh3Qj9tgw/h6lyBOn5PE49PHhGpiuq1I6kPJZoXXWGVEHfbgkAPOXKVnQXsoNgegFETY1PdUSjP7Iid/8f9NyMxD2rhNtIZEh9xrRfDrTsj1NsJ0FW2BefHqrbRI=','2026-10-01T09:00:00+01:00',NULL,NULL,16050,0,16050,3692,19742,'r-invoice_receipts
trabalho
livro
1/demo
demo/1',3);
INSERT INTO "documents" VALUES(2000004,30001,'InvoiceReceipt','invoice','draft',0,'2026-10-01','2026-10-01','R-invoice_receipts','rascunho',NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "A", "email": "ana@example.com", "language": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
a
ana@example.com',NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,16050,0,16050,3692,19742,'r-invoice_receipts
rascunho
trabalho
livro',2);
INSERT INTO "documents" VALUES(2000005,30001,'Quote','estimate','final',0,'2026-10-01','2026-10-01','R-quotes',NULL,NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "A", "email": null, "language": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
a',NULL,NULL,NULL,NULL,NULL,0,0,NULL,146012,1,'DEMO','EMUFVDH9-1','Fpx5ENx27JK7ou8ZkUoKDLYDy2FdC25bDVcYYW4eRtuDn3KeSKsaYXh+u/vTrJR0Q53krbjLxYRrvlAQsQVvrgPQZcig59s3/eJctZEpjX6SFetbiQIgKsEwZJz6yALMsLpO0dmIHG8kNqftbhzHDNj7jBncTzRgns9nX9Ka/To=','2026-10-01T09:00:00+01:00',NULL,NULL,16050,0,16050,3692,19742,'r-quotes
trabalho
livro
1/demo
demo/1',3);
INSERT INTO "documents" VALUES(2000006,30001,'Quote','estimate','draft',0,'2026-10-01','2026-10-01','R-quotes','rascunho',NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "A", "email": "ana@example.com", "language": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
a
ana@example.com',NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,16050,0,16050,3692,19742,'r-quotes
rascunho
trabalho
livro',2);
INSERT INTO "documents" VALUES(2000007,30001,'Transport','guide','final',0,'2026-10-01','2026-10-01','R-transports',NULL,NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "A", "email": null, "language": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
a',NULL,NULL,NULL,NULL,NULL,0,0,NULL,146017,1,'DEMO','EMUVFXHM-1','N/JrIAV9cljVvXnjsFL9+H1raAeaejvw52efhD6InDgngy1vWWmljrilxNZ5vIQ2uGHkFewlyp+WdeMiMtZ9gaK1J+ZgEhXaTdyNzf0TZGHE4isF+hiZusRo3JU4UuzHOXSC1ybsF8xd4XUSEF+hWPs/anun20kVfzk4KvmcZ24=','2026-10-01T09:00:00+01:00',NULL,NULL,16050,0,16050,3692,19742,'r-transports
trabalho
livro
1/demo
demo/1',3);
INSERT INTO "documents" VALUES(2000008,30001,'Transport','guide','draft',0,'2026-10-01','2026-10-01','R-transports','rascunho',NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "A", "email": "ana@example.com", "language": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
a
ana@example.com',NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,16050,0,16050,3692,19742,'r-transports
rascunho
trabalho
livro',2);
INSERT INTO "documents" VALUES(2000009,30001,'Invoice','invoice','final',0,'2026-10-01','2026-10-01','R-invoices','a segunda',NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "A", "email": null, "language": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
a',NULL,NULL,NULL,NULL,NULL,0,0,NULL,146001,2,'DEMO','EMU69P7R-2','dvBdIu0CaPcX0sSELHcAAc/5YNa1sssbgELr1RRMBJgrgUNjepqSeeGW5RRmEXfM8ABm3k1HACJBukDUludUuASfYFeGKKGSlBHfKS3O44MZJxK4NM5oSs1nt8zgTigqSou+W9Qkr8tew4SQZG7CH/Eo1ZusgeShewg9SOu6D3E=','2026-10-01T09:00:00+01:00',NULL,NULL,16050,0,16050,3692,19742,'r-invoices
a segunda
trabalho
livro
2/demo
demo/2',3);
INSERT INTO "documents" VALUES(2000010,30001,'Receipt','invoice','final',0,'2026-10-01','2026-10-01',NULL,NULL,NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "A", "email": null, "language": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
a',NULL,NULL,NULL,NULL,NULL,0,0,NULL,146004,1,'DEMO','EMUPWPTB-1',NULL,'2026-10-01T09:00:00+01:00',NULL,NULL,500,0,500,0,500,'2/demo
demo/2
1/demo
demo/1',2);
INSERT INTO "documents" VALUES(2000011,30001,'CreditNote','invoice','draft',0,'2026-10-01','2026-10-01','R-credit_notes',NULL,NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "A", "email": "ana@example.com", "language": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
a
ana@example.com',NULL,NULL,NULL,NULL,2000009,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,16050,0,16050,3692,19742,'r-credit_notes
trabalho
livro',2);
INSERT INTO "documents" VALUES(2000012,30001,'Invoice','invoice','final',0,'2026-10-01','2026-10-01','R-invoices','depois',NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "A", "email": "ana@example.com", "language": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
a
ana@example.com',NULL,NULL,NULL,NULL,NULL,0,0,NULL,146001,3,'DEMO','EMU69P7R-3','L5OMZsMfsDrPO0+4FFtU5vgGnfbRF/rIeiVhKgTqrB78ftiXC1T5Y/opSjcjNVPwv6a2/UEb61vLs88uhyvu6broTeKnOaDOK5dgonvtEVc/tDLbV4WHz3bu+If6DF1WZwa5Oe/AZxuvcZLRsKBlhxSbNkoWnNXMOLn3WlKhaNU=','2026-10-01T09:00:00+01:00',NULL,NULL,16050,0,16050,3692,19742,'r-invoices
depois
trabalho
livro
3/demo
demo/3',3);
INSERT INTO "documents" VALUES(12000001,30002,'Invoice','invoice','final',0,'2026-10-01','2026-10-01','R-invoices',NULL,NULL,NULL,10600001,'{"id": 10600001, "name": "Ana Exemplo, Lda.", "code": "A", "email": null, "language": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
a',NULL,NULL,NULL,NULL,NULL,0,0,'uid-invoices',10146001,1,'LOJA','EMUKS9ST-1','OMEecCXpeCEIpNf4nzYCOMt7iRGLrjCMlnQCduK/wX3svyBEd9CEmUXySZPIs3c7zS6u3KSI1BUYCX4IMqkQuLR+mbTmV/XLdSsjlCKMQiRAqDBTJFWJYMw3uWthjdGqKZlbVsnbGALgR/liZSBxGlX2Z7CIF1ePxUF+UA5+F5I=','2026-10-01T09:00:00+01:00',NULL,NULL,16050,0,16050,3692,19742,'r-invoices
trabalho
livro
1/loja
loja/1',3);
INSERT INTO "documents" VALUES(12000002,30002,'Invoice','invoice','draft',0,'2026-10-01','2026-10-01','R-invoices','rascunho',NULL,NULL,10600001,'{"id": 10600001, "name": "Ana Exemplo, Lda.", "code": "A", "email": "ana@example.com", "language": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
a
ana@example.com',NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,16050,0,16050,3692,19742,'r-invoices
rascunho
trabalho
livro',2);
INSERT INTO "documents" VALUES(12000003,30002,'InvoiceReceipt','invoice','settled',0,'2026-10-01','2026-10-01','R-invoice_receipts',NULL,NULL,NULL,10600001,'{"id": 10600001, "name": "Ana Exemplo, Lda.", "code": "A", "email": null, "language": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
a',NULL,NULL,NULL,NULL,NULL,0,0,'uid-invoice_receipts',10146003,1,'LOJA','EMUBF678-1','heuRm73+cUvtAAUbSpS7+6S75q8/UHGHNofCyfk0aMrJdseTTQciSi4Q/lEHJbVFRXrq9S73kcZezpQqcqoeA3C5I8V+YgP0lVZT3TrbYZSKJysofCrIJdTawOijMVzIrHS09BB2yacn20fSkNQZ6aWVnkUhIVv9TXRXNRAx7j4=','2026-10-01T09:00:00+01:00',NULL,NULL,16050,0,16050,3692,19742,'r-invoice_receipts
trabalho
livro
1/loja
loja/1',3);
INSERT INTO "documents" VALUES(12000004,30002,'InvoiceReceipt','invoice','draft',0,'2026-10-01','2026-10-01','R-invoice_receipts','rascunho',NULL,NULL,10600001,'{"id": 10600001, "name": "Ana Exemplo, Lda.", "code": "A", "email": "ana@example.com", "language": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
a
ana@example.com',NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,16050,0,16050,3692,19742,'r-invoice_receipts
rascunho
trabalho
livro',2);
INSERT INTO "documents" VALUES(12000005,30002,'Quote','estimate','final',0,'2026-10-01','2026-10-01','R-quotes',NULL,NULL,NULL,10600001,'{"id": 10600001, "name": "Ana Exemplo, Lda.", "code": "A", "email": null, "language": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
a',NULL,NULL,NULL,NULL,NULL,0,0,NULL,10146012,1,'LOJA','EMU522ZX-1','sWi1O8xbruK6MFsG49axxozTd+8ax4WbCqLgaYrtI52UFM57dsS0XodzImMvOn68S5xAsuQ98e9gNjts/GQlkGltBD2oNJA+8TfGzr45+kaN9S4Xn/RrTnIqczE0uZpPFt2Btad2UB4mHTAJB+fbwe5PmG4k8JwCIhr76bJYSeE=','2026-10-01T09:00:00+01:00',NULL,NULL,16050,0,16050,3692,19742,'r-quotes
trabalho
livro
1/loja
loja/1',3);
INSERT INTO "documents" VALUES(12000006,30002,'Quote','estimate','draft',0,'2026-10-01','2026-10-01','R-quotes','rascunho',NULL,NULL,10600001,'{"id": 10600001, "name": "Ana Exemplo, Lda.", "code": "A", "email": "ana@example.com", "language": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
a
ana@example.com',NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,16050,0,16050,3692,19742,'r-quotes
rascunho
trabalho
livro',2);
INSERT INTO "documents" VALUES(12000007,30002,'Transport','guide','final',0,'2026-10-01','2026-10-01','R-transports',NULL,NULL,NULL,10600001,'{"id": 10600001, "name": "Ana Exemplo, Lda.", "code": "A", "email": null, "language": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
a',NULL,NULL,NULL,NULL,NULL,0,0,NULL,10146017,1,'LOJA','EMUK6C6L-1','mg/KUvmyVhWncPZ6U9E835Avf5/kExN3Qb/CHQtkOts/sEOp2aCu1mm3MYrtimZeUBuMqvaL2rsgiHxAc5voy1o0+XzXM7Moo0pFU0Jau89/sJRege8iYis8FNEGKbuQVsV1+VWatqJrLFkwqA3340wPsmZ4cxzbI+mLidUczb0=','2026-10-01T09:00:00+01:00',NULL,NULL,16050,0,16050,3692,19742,'r-transports
trabalho
livro
1/loja
loja/1',3);
INSERT INTO "documents" VALUES(12000008,30002,'Transport','guide','draft',0,'2026-10-01','2026-10-01','R-transports','rascunho',NULL,NULL,10600001,'{"id": 10600001, "name": "Ana Exemplo, Lda.", "code": "A", "email": "ana@example.com", "language": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
a
ana@example.com',NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,16050,0,16050,3692,19742,'r-transports
rascunho
trabalho
livro',2);
INSERT INTO "documents" VALUES(12000009,30002,'Invoice','invoice','final',0,'2026-10-01','2026-10-01','R-invoices','a segunda',NULL,NULL,10600001,'{"id": 10600001, "name": "Ana Exemplo, Lda.", "code": "A", "email": null, "language": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
a',NULL,NULL,NULL,NULL,NULL,0,0,NULL,10146001,2,'LOJA','EMUKS9ST-2','BHV2QjUfyVT628yuG0d+pyRmT9NjH5WYt23ZnqNK0D8R/ZSf0q/MPemdKi1dq6Vj5MSbah8eJMVbtJmyUh7iZJHT6EO4H9SkSIATvtAMwhKvYA/1WwSN84VYouefaVTO8o7AW3k0Ky+rUCSWg4f+70v8NNR/o1xstx8NPFz5RNY=','2026-10-01T09:00:00+01:00',NULL,NULL,16050,0,16050,3692,19742,'r-invoices
a segunda
trabalho
livro
2/loja
loja/2',3);
INSERT INTO "documents" VALUES(12000010,30002,'Receipt','invoice','final',0,'2026-10-01','2026-10-01',NULL,NULL,NULL,NULL,10600001,'{"id": 10600001, "name": "Ana Exemplo, Lda.", "code": "A", "email": null, "language": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
a',NULL,NULL,NULL,NULL,NULL,0,0,NULL,10146004,1,'LOJA','EMU9XWCK-1',NULL,'2026-10-01T09:00:00+01:00',NULL,NULL,500,0,500,0,500,'2/loja
loja/2
1/loja
loja/1',2);
INSERT INTO "documents" VALUES(12000011,30002,'CreditNote','invoice','draft',0,'2026-10-01','2026-10-01','R-credit_notes',NULL,NULL,NULL,10600001,'{"id": 10600001, "name": "Ana Exemplo, Lda.", "code": "A", "email": "ana@example.com", "language": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
a
ana@example.com',NULL,NULL,NULL,NULL,12000009,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,16050,0,16050,3692,19742,'r-credit_notes
trabalho
livro',2);
INSERT INTO "documents" VALUES(12000012,30002,'Invoice','invoice','final',0,'2026-10-01','2026-10-01','R-invoices','depois',NULL,NULL,10600001,'{"id": 10600001, "name": "Ana Exemplo, Lda.", "code": "A", "email": "ana@example.com", "language": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
a
ana@example.com',NULL,NULL,NULL,NULL,NULL,0,0,NULL,10146001,3,'LOJA','EMUKS9ST-3','Y3IJ5voseBgpgPuY44EB8n2hQYNahkGF9uraf1tczX5OFwHV00YNhxuJ2qg7CVMVTsSsqGG6HUOrgPuEaxQMxEQDmmR2S4bjQEcAn+gPEvoJmMHuZmMJbrMI68LEqSx03SEzDpyQNfqn5N4zSSGwpPpgqu1c3TsEwTOX7VxR4Xo=','2026-10-01T09:00:00+01:00',NULL,NULL,16050,0,16050,3692,19742,'r-invoices
depois
trabalho
livro
3/loja
loja/3',3);
CREATE TABLE initial_balances (
    client_id INTEGER PRIMARY KEY REFERENCES clients (id) ON DELETE CASCADE,
    value INTEGER NOT NULL,
    date TEXT NOT NULL,
    observation TEXT
) STRICT;
CREATE TABLE items (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    description TEXT,
    unit_price TEXT NOT NULL,
    unit TEXT,
    tax_id INTEGER REFERENCES taxes (id) ON DELETE SET NULL,
    UNIQUE (account_id, name)
) STRICT;
INSERT INTO "items" VALUES(400001,30001,'Trabalho',NULL,'50.0000',NULL,70001);
INSERT INTO "items" VALUES(400002,30001,'Livro',NULL,'10.5000',NULL,70001);
INSERT INTO "items" VALUES(10400001,30002,'Trabalho',NULL,'50.0000',NULL,10070001);
INSERT INTO "items" VALUES(10400002,30002,'Livro',NULL,'10.5000',NULL,10070001);
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
INSERT INTO "meta" VALUES('seed','7');
INSERT INTO "meta" VALUES('signing_key','-----BEGIN PRIVATE KEY-----
MIICdQIBADANBgkqhkiG9w0BAQEFAASCAl8wggJbAgEAAoGBAL+63g6oTJP5qUfX
MnheDynJzVrJSOBNfT+Y0Bufd+s8/wDmzFyqu+tauEcbsKnZVyXnD2hg2f4BDlFf
H9l8EaDbW5824wHqDBNxW1lGmRoTXf1/n+DzKBoorgCtJbuEjyYmpVHfypIfYig4
jONQ2J7r/RtvHhh+VKPr+kcsrgVpAgMBAAECgYAC4bMes0bbXoA91S0sA/XkYeUV
PTs8K837G7fdAmuR/Iu0nsNpjSNf6TAl2XOxSdP2fN+NaQ89sxRdArn+0c+N/bTA
/OiOLrmmClLieKJ20UqlX3EmBUnTOcLSd5mZsyt0U30zjgngLd5B0w9Zs/pVjKln
6VXkTOWGI4e4esg/EQJBAOJkaBXB9ekGmVYC1WlmJhR2EhUyc5YSqO2RAEsidAIz
gaFg4iTsSr+1JWmN5gVWqA3o+imGKgvbhAlPvBEgwQ0CQQDYzfiU5xDef7CxU6Fb
hshlcgNNs//VMmrXTMN098QPcVhikFC9Wvk1+opkpvIItD9hVsZf5PS9XpsQL1lW
GabNAkBOlaXfr5VJzyWYyqED1hZv0dBTFVE0DcQfus6MRihYv0JHH1dAk9kalKmo
6z2mKr9pHK8BjPW5afh6NvhERcddAkAJMlOFHXgduBTqsL17gHAnvXpeZXBIvubB
U0RHRetPLGOvaqfCIIXJwGL2eg5ySBMYMfIgRzoKfmTdfuSvPk9RAkBHEJp1MfqP
J/6RmWwyTwA6GKfBcRiUB3H5N3rRgSPur2a7Oju0Hwml8kkrd/eHE/LKRMfYMBZs
Jz2OlzaiRa82
-----END PRIVATE KEY-----
');
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    sent_at TEXT NOT NULL,
    recipient TEXT NOT NULL,
    cc TEXT,
    bcc TEXT,
    subject TEXT,
    body TEXT,
    logo INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO "outbox" VALUES(1,30001,2000009,'2026-10-01T09:00:00+01:00','ana@example.com',NULL,NULL,'Fatura','Segue.',0);
INSERT INTO "outbox" VALUES(10000001,30002,12000009,'2026-10-01T09:00:00+01:00','ana@example.com',NULL,NULL,'Fatura','Segue.',0);
CREATE TABLE payments (
    receipt_id INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    amount INTEGER NOT NULL,
    mechanism TEXT NOT NULL
) STRICT;
INSERT INTO "payments" VALUES(2000010,2000009,500,'TB');
INSERT INTO "payments" VALUES(12000010,12000009,500,'TB');
CREATE TABLE regularizations (
    id INTEGER PRIMARY KEY,
    client_id INTEGER NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    value INTEGER NOT NULL,
    date TEXT NOT NULL,
    observation TEXT,
    is_deleted INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE renderings (
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    revision INTEGER NOT NULL,
    polls INTEGER NOT NULL,
    first_asked TEXT NOT NULL,
    PRIMARY KEY (document_id, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO "renderings" VALUES(2000007,'at_doc_code',3,1,'2026-10-01T09:00:00+01:00');
INSERT INTO "renderings" VALUES(12000007,'at_doc_code',3,1,'2026-10-01T09:05:00+01:00');
CREATE TABLE saft_exports (
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    month TEXT NOT NULL,
    revision INTEGER NOT NULL,
    polls INTEGER NOT NULL,
    first_asked TEXT NOT NULL,
    PRIMARY KEY (account_id, month)
) STRICT, WITHOUT ROWID;
CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    serie TEXT NOT NULL,
    sent_as_integer INTEGER NOT NULL DEFAULT 0,
    is_default INTEGER NOT NULL DEFAULT 0,
    UNIQUE (account_id, serie)
) STRICT;
INSERT INTO "series" VALUES(146001,30001,'DEMO',0,1);
INSERT INTO "series" VALUES(10146001,30002,'LOJA',0,1);
CREATE TABLE series_rows (
    id INTEGER PRIMARY KEY,
    series_id INTEGER NOT NULL REFERENCES series (id),
    document_root TEXT NOT NULL,
    validation_code TEXT,
    last_number INTEGER NOT NULL DEFAULT 0,
    last_date TEXT,
    last_signature TEXT NOT NULL DEFAULT '',
    UNIQUE (series_id, document_root)
) STRICT;
INSERT INTO "series_rows" VALUES(146001,146001,'invoice','EMU69P7R',3,'2026-10-01','L5OMZsMfsDrPO0+4FFtU5vgGnfbRF/rIeiVhKgTqrB78ftiXC1T5Y/opSjcjNVPwv6a2/UEb61vLs88uhyvu6broTeKnOaDOK5dgonvtEVc/tDLbV4WHz3bu+If6DF1WZwa5Oe/AZxuvcZLRsKBlhxSbNkoWnNXMOLn3WlKhaNU=');
INSERT INTO "series_rows" VALUES(146002,146001,'simplified_invoice','EMUXBTGW',0,NULL,'');
INSERT INTO "series_rows" VALUES(146003,146001,'invoice_receipt','EMU5THC4',1,'2026-10-01','VqZzsFAR5kHPfSgHhX6Ji0sUO74uQS3xdyO08kXngwt+Yg/Dh3Qj9tgw/h6lyBOn5PE49PHhGpiuq1I6kPJZoXXWGVEHfbgkAPOXKVnQXsoNgegFETY1PdUSjP7Iid/8f9NyMxD2rhNtIZEh9xrRfDrTsj1NsJ0FW2BefHqrbRI=');
INSERT INTO "series_rows" VALUES(146004,146001,'receipt','EMUPWPTB',1,'2026-10-01','');
INSERT INTO "series_rows" VALUES(146005,146001,'debit_note','EMUNHHZL',0,NULL,'');
INSERT INTO "series_rows" VALUES(146006,146001,'credit_note','EMU2KSQX',0,NULL,'');
INSERT INTO "series_rows" VALUES(146007,146001,'cash_invoice','EMUR6N5C',0,NULL,'');
INSERT INTO "series_rows" VALUES(146008,146001,'vat_moss_invoice',NULL,0,NULL,'');
INSERT INTO "series_rows" VALUES(146009,146001,'vat_moss_credit_note',NULL,0,NULL,'');
INSERT INTO "series_rows" VALUES(146010,146001,'vat_moss_receipt',NULL,0,NULL,'');
INSERT INTO "series_rows" VALUES(146011,146001,'purchase_order',NULL,0,NULL,'');
INSERT INTO "series_rows" VALUES(146012,146001,'quote','EMUFVDH9',1,'2026-10-01','Fpx5ENx27JK7ou8ZkUoKDLYDy2FdC25bDVcYYW4eRtuDn3KeSKsaYXh+u/vTrJR0Q53krbjLxYRrvlAQsQVvrgPQZcig59s3/eJctZEpjX6SFetbiQIgKsEwZJz6yALMsLpO0dmIHG8kNqftbhzHDNj7jBncTzRgns9nX9Ka/To=');
INSERT INTO "series_rows" VALUES(146013,146001,'proforma','EMUJKLM2',0,NULL,'');
INSERT INTO "series_rows" VALUES(146014,146001,'fees_note',NULL,0,NULL,'');
INSERT INTO "series_rows" VALUES(146015,146001,'shipping','EMUWGNSP',0,NULL,'');
INSERT INTO "series_rows" VALUES(146016,146001,'devolution','EMU7NJTM',0,NULL,'');
INSERT INTO "series_rows" VALUES(146017,146001,'transport','EMUVFXHM',1,'2026-10-01','N/JrIAV9cljVvXnjsFL9+H1raAeaejvw52efhD6InDgngy1vWWmljrilxNZ5vIQ2uGHkFewlyp+WdeMiMtZ9gaK1J+ZgEhXaTdyNzf0TZGHE4isF+hiZusRo3JU4UuzHOXSC1ybsF8xd4XUSEF+hWPs/anun20kVfzk4KvmcZ24=');
INSERT INTO "series_rows" VALUES(10146001,10146001,'invoice','EMUKS9ST',3,'2026-10-01','Y3IJ5voseBgpgPuY44EB8n2hQYNahkGF9uraf1tczX5OFwHV00YNhxuJ2qg7CVMVTsSsqGG6HUOrgPuEaxQMxEQDmmR2S4bjQEcAn+gPEvoJmMHuZmMJbrMI68LEqSx03SEzDpyQNfqn5N4zSSGwpPpgqu1c3TsEwTOX7VxR4Xo=');
INSERT INTO "series_rows" VALUES(10146002,10146001,'simplified_invoice','EMUQCXP2',0,NULL,'');
INSERT INTO "series_rows" VALUES(10146003,10146001,'invoice_receipt','EMUBF678',1,'2026-10-01','heuRm73+cUvtAAUbSpS7+6S75q8/UHGHNofCyfk0aMrJdseTTQciSi4Q/lEHJbVFRXrq9S73kcZezpQqcqoeA3C5I8V+YgP0lVZT3TrbYZSKJysofCrIJdTawOijMVzIrHS09BB2yacn20fSkNQZ6aWVnkUhIVv9TXRXNRAx7j4=');
INSERT INTO "series_rows" VALUES(10146004,10146001,'receipt','EMU9XWCK',1,'2026-10-01','');
INSERT INTO "series_rows" VALUES(10146005,10146001,'debit_note','EMUM384V',0,NULL,'');
INSERT INTO "series_rows" VALUES(10146006,10146001,'credit_note','EMUDN5HB',0,NULL,'');
INSERT INTO "series_rows" VALUES(10146007,10146001,'cash_invoice','EMUJRKJR',0,NULL,'');
INSERT INTO "series_rows" VALUES(10146008,10146001,'vat_moss_invoice',NULL,0,NULL,'');
INSERT INTO "series_rows" VALUES(10146009,10146001,'vat_moss_credit_note',NULL,0,NULL,'');
INSERT INTO "series_rows" VALUES(10146010,10146001,'vat_moss_receipt',NULL,0,NULL,'');
INSERT INTO "series_rows" VALUES(10146011,10146001,'purchase_order',NULL,0,NULL,'');
INSERT INTO "series_rows" VALUES(10146012,10146001,'quote','EMU522ZX',1,'2026-10-01','sWi1O8xbruK6MFsG49axxozTd+8ax4WbCqLgaYrtI52UFM57dsS0XodzImMvOn68S5xAsuQ98e9gNjts/GQlkGltBD2oNJA+8TfGzr45+kaN9S4Xn/RrTnIqczE0uZpPFt2Btad2UB4mHTAJB+fbwe5PmG4k8JwCIhr76bJYSeE=');
INSERT INTO "series_rows" VALUES(10146013,10146001,'proforma','EMUM8RRR',0,NULL,'');
INSERT INTO "series_rows" VALUES(10146014,10146001,'fees_note',NULL,0,NULL,'');
INSERT INTO "series_rows" VALUES(10146015,10146001,'shipping','EMUS6X7K',0,NULL,'');
INSERT INTO "series_rows" VALUES(10146016,10146001,'devolution','EMUHWDVK',0,NULL,'');
INSERT INTO "series_rows" VALUES(10146017,10146001,'transport','EMUK6C6L',1,'2026-10-01','mg/KUvmyVhWncPZ6U9E835Avf5/kExN3Qb/CHQtkOts/sEOp2aCu1mm3MYrtimZeUBuMqvaL2rsgiHxAc5voy1o0+XzXM7Moo0pFU0Jau89/sJRege8iYis8FNEGKbuQVsV1+VWatqJrLFkwqA3340wPsmZ4cxzbI+mLidUczb0=');
CREATE TABLE snapshots (
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    documents INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (account_id, name)
) STRICT;
INSERT INTO "snapshots" VALUES(30001,'antes','2026-10-01T09:00:00+01:00',11,X'7801ED5D7B6C5C5979BFF71EBF77BD8937F1CE3A5E27938490B88EE3B9B6C789B30A9BB13D7E7B6CCF8C9FEC325CCFBD33BE9EC71DDF87ED49940A3B5E6A835AB52BB54208AA6AFB52DF1515126A25280221A4FE812A10ED1F201002B540850019540252FB9DFBBED7338EE34D609DDCEBF17D9CF7F99DD777BEF39DEFC4A6C77999F3A70431C7C8FE2EA2822049E2B6DF4F68578FFEC48F53F05F61FB26E11DD9BECBBE56824D0DFA4F6C7F19FD12FD1CFD04FD0FFA2FF41DF44DCDB0AC47CFC243C043E0A8085C6C069FE75E86DB2B8D707B19B7DF5327E076F239B8D5D5C2ADA6A21EEE8E568DBFBDCB43C043E09940A00EE7D23EAA3F13B9F632E921E0218011C0E33F49FE80809F773DA508506771C6B61B367F4037108DF5BDE73E7CABE6B5A61A2000170896CB0903F07FD53FCE32D7FC57527C52FEC2DF2579A635D8AB5D5D772F64997C5A61D2DC859BFE0B05F9C255FF85A4A0E465B1880DA6045156D24C161BB34252C971793991E573BC0CB679259B05F3029BC24EF95C8E637946E6B0DB55319114581CE6DD0B05219B95E0ADF31E58484C0A7B7599327202422FE325C54B49269BE0591C8BC8A514498D02FC885C9A9764919179218F2D19451660A6CB277112244EE439699F1B915B55789163B1939C9295F925269F14C0B72C2A1C9829F94C5E58CF435A4C10AC380DCB14CF65599CA70B7C3A2F886A7A440E304B40F638D10A0DD2C6697825963986E544EC29C564251C5516129FC8326930BA0BC94D0A7935CCC0B5C0BD7B9D81CE9E763AD01EA0E3811B370301F8B5A9772629F36BDCDD0B32B3614F238DF3E32ACA7B78FC27D1CF09F87997878087C03381402D6AA470CFAFD05AFB7F40A007CF44C6BD4C7A087808BC8021A844F59442ABF43FFA09013FEFF210F01078DA11A827510BC524D5B98B04ED1FBD08ECBFCF1048465F213E83FAE13385FEF79D81B03D87AA7D2D2DE42E29334B590E228350A3EF2C4CB7EFFD71E0C9986464ACA23F1A0EC5C3FE78A86F3CEC374CFD57EAFC70F1AC7F24120F0F85A3FEA9E8C84428BAE01F0B2FF84333F1C99108789C0847E25755977926C7F9E3E1F9B83F3209FF33E3E3FE99C8C8F44C58B3660A7C22C3150F7021886926CFDF51A79F89FDA169C198B35767409AA5C4C9329F4F4B4E3BFF40783034331EF75FBE7BEFB2E6309915929984904A818F8422995934536E7809D8DDA744E10E974FC0DA2FCEA61EA50C53D272F169934B3D4E59E499EC43632A30A29CE7C487BA4B8A1C44CC26968AA6D36878301C0D47FAC3315B21F26CAB965098DFC34C5FB4251DA6E5FAB7556246BE2DA80A8C24AD0B229B60F934276959AF6BF5C7E2D191FE38D47EDA5DDB0EFCEEA8A8F2F5B790049F67B90D69350BEBE909CC6650BF1346DD4BD0C65BE50259ED6B6C24371BD5E691E364A865324339AA2C36F15F312B97AD9E5EF5AF3159C5553E46E22F5355BE571BCBA505079AA0F11DAFDBD7E05C61FABF064D12E887E86BE8F3E89FD01FA12D24808177790878083C2A02E72A291A218596A12B931460F6E584350E7344A5FAEFFC23FC5EACA47CAA3DB3C1496443816C904F55524DD84863465237A7A89BCC2B95541B3603EEA59265447D00919E7FFD24FCEAC1434DAD420B8ABC246C182142AF9393AACE7CA8EACCD64B95D439ECDBE0C64A67B73F7476FBA3A72BA9666C9CCCF23841B597FFB5F6F2E7EBA9DB4425F12302FD311AA786891F518DC4E788DF57FF1E35EF8FC53D24E7038F25A092816CBDA7A6DAE7F391DB97D5AE1718A4D0FDE3DB738ECE57353A9058D0C71F8D8C02BEB3396099A3EDC123573952A044D7AE4585F9D842DE36D261DEB9ED9397122C9762805BBD3F29C600A80FFC1A05E3BFA28F4790FAAB7E9C9E5673086CADADF2DDF2951B45547412B4FA781EA846751CD922AB559AEFFE8C8AAC4A5E022BDB78D63AF0354C7588AD84EC4FFBC130CACB401AA92898C3BD06D71207126D5C22C58B30BC1BC49E51369A932C53D6CA36DA3A6152E3B370BAEA9F1B890F4FCEC4FDD1C9B99181A9AA2A5F5B1BB9A022A0130212AC2570F924E7FAAC76E0E1B2BC824BE32AF86CEDA83C1469D16990165550EB1F8D78C1F3FF0AF41681BE8CBE8BFE1E5EBCCB43C043E03788C0CBDB6FCB3504D574AAE1548D428F4830560BB0DE37151F89855FDA7E5B02BB46DD6E36D4D3836DA2E101F0B50A36BEC68653401A8CCC863ABB3ABBB05D64320A76A26E87439C0DD15DB46A071D23A6FF2BD01781FF07F2B85F8317EFF210F0103856089CA8801984D155C08CA2BE826AC4DFD03D900DD20B1530E5D0BB04B261D5FAA4BBC80651E3FF7F8E409F3B5659F612EB21E0214010B7FEEC2B211F41759C6873A151734AA14379C61FDEE07285AC2EDE1562F2CC6D6E830113EE5A52C84D0402DAFAFFF708F43D5700DEA7878087C0D381C0990AAA0348807DFD01F0FFB4F6FF3302FDECE9C8AA970B0F010F8187205057419DC0FD01E6FF83538ABC419069F206594B7C1DFE9E8EEB0F9E6C36DA9FABF2859ACBB1C8F5259684B1D6F2C29B2FD555FB9A9BC98F208D3DAE2DC1E8CEEA1DCC60DDF037B2FCE05A54E0720C9FB52D3218C2E336238665454ED2A41334BE7A9297358908EDB320C00A4B5695DBB77953570044BB3BA71084E6779D5B92F0EE744B34A1B02CE4EDDF2966C3662B2CC122DA9A2A6CE148919097416CC192BFD013AA1BBB730942F6AA73775C86794E58E2B3F644008B8E4D0805BCC5C014BBD033CF14D5ED102C53346DCC950A5386435F978105950487C9751C9005D87EF797816ED70530CAAEE568F197B2C6656C2D61A8ED1F7D8140DF869B77790878081C37049A3EF6690AB3F789660206F5717E4D14E8C0B56020100076DF2B1FFB3409962D9A655C649698ECB210840505CD1ED3FF14FA1681BE857E74DC32EEA5D743C043E04004746EBFDA298064504305D5027D84D10D549DD9AC27FF0FE47FBF41A0B7A904D54D7C033EFF5CFD3B30D85FB32524EAFA11A2DCF29FA8F6353591DBCD9A4486BADB5313B33AED20B935B3274A71AB51A8A4AA49CF69241A5EDF4D305282CFCB5CFA1042B2EF50D0474D8745FEA17F27828F8C6CEB0B078907A98268095A7DBCB875BB5E13B84AA845A01AAAB7064701A8464F14FF7202572C2725455E25B96D130925CFCB8982C8273532DF5564D8D6E618D3ED3609309BC4922A22E5BF02F2CAFEC90890FBE36110498F853549F2F214BA5318ABFDF9C3CC343BF56923D6EFD3F10825AAADFFFD98403F7E044F9E530F010F816389C0F33B7BD355204184058807C213931AFFFFA704FAE9B1CC8E97680F010F81474240970EC28D9FBA398D757392E817388436EDF14881798E3D043C048E2902BFB5B33787C7FF066A8B40DF475F459F457F85FE10DD473C9A45B7503B6A4635D40FA9FFA03E437D129C789787C01340E04C05D434188960DD0E76CB49581D57928319397573719F159F5F1360524EDD9C3F5B81820E5FB0799885497B5E90C17AE154053A87AD41F3575E2A808632BCA9AE02D1D84CE241FE8D07FD5C2C305DF4F0A22F56A016D572992F146053117533D150010D00DC9BE9899FA8403E6CB2AAA8B1BCFE72056AC5DF05454C2E331297803DC59C48DD7CBF115A411454CDDAD4CD379A2A501B76AB4769E53266C4632666DA487D8A03ED645A8E3E70BA029DC7FE596E4DC82A788990BAF941CB70C9CCFB4C6305BA885D3A10997DA9025D524D1969D9CAF71C9EFF57909B04FA2AC5539DE426597C0245EC0559120175E3DCEE7B4F55FBCE9D23DFD29894E69E4DF3A5C9C129338D9F28B74C2E164A72BE201B67822F56F9462E96937CD058A90951589712FA9656F5C3B7956EA8F65DBC48BEA9ED7AB7B9B3BDBEE4C8ABCDE210B9D55DDB3871C67E3FBF8D25A7B95279721A03CE00145229685C3D17B70FB664F2ACA6C0C1251E81771026F24A6EE9106C5BD52D0463971B50CD24500FC8C88AE8C2DB140EB8EC5AE937B379D5EF48BAC5D36D3B59E57BADE92105A4974DA3A69BFFCBB87E76A35FA09F821E80EF825EFEAFA3AF20D5B064C5F50C3D043C04DE6D08743DD8C53AFD3B1FECE281857EB05B0D8FC0835DBC29B8E3C12E56F27DEDC12ED6FCD1FE609782C7D507BBF80C0F22C5E4F8AC4B8B8DBE38059A6040958C43038E66C300C5034A464B6C7C77ED3637FB3C57B7CA2A5CA29C1D6853E544BC6BDAB6CA5246B60B54AAC2029A736BBC4390CA1684B644625FAB29354298F277A69A19CDA4140A7A881287E128E9401171468A963897061F56FA6A4B190BFA6BB1FEA28439F0EA8393616EE905D02C543D37F69CD886386358906CA3DC3A031A1F129632DB7D7BE2CDF14617460372F6519C03A10BCB65A05806545E2830045B127BD6205E26B996037B829DC3AA9669D5A52D68464E2A8EA81C43A9EEA72881628C04D41187B4611234FA72D9440E441741AFB12D4CCD02A6064E8D484A6E1F62CE122A63ADEB21D016024BEB2138D04E00D9C9324197AF7422B7C64BB849B823340B9936553DE07E80445FC2DD408FF6C0AFDEE521E02170AC1008064FA25A04428027881308AB0120CE6EBF09223F7679401A4B043A7503A8F2BF8444907F0AB7CC93CEB13AE3DD6A6FACF69D3F4F6E5F526542582E0B840456C46EBDB538E68196B93E0D344638FB8862D7D9527630B48961F48762FDA1015D915F5600C5EBAE3E3F0B8CA63CF0740A59E758AD4BBC2740735ECE367018C6B26033C4E1265C22EC7A6E8A6E739B827B3504B38BDE5E3C5DED6B6D2577603000758A66E6B37C1E30B334EEC357B3133787DD01D89522838C80B541B91C7020DDCFABD4977BA8D146472CD7632F245BC1E8223F07C9C63C4E999D550528206367828B1475C9F318C4985A0A2EA798B42CC161D0728B2DCBA519DB59445C8950F72978C23E5C0C076C64EE10B055337BDDBF62141CA4F3AADF281F8B3BE0D259A4B67F6A904017E1E65D1E02474260731E269DCF115D2D9BAF6DBE062198475374C6697C2E05FC42A1F640A0BDAFEFEE0516A6097C169F8C1155187FC8AF9E4B81770D61A3715E5A12187C52856DE310B6A0415E1D42D01C5B076F98A78FDC7B6201E3CC553FAD99F3E4FF8E54E13D4F1E02C71281E71FECD65512886A38BBBD4BEEC5FB70FB47C43F10D4F7C95FC2E32FDFBD99D2E60E232F57631D8BDB232A2DECD28FEAFA3CEFA0865D96875851D2B97B25E83DFB8A92E6EA6032D9C9CD72517F1A59589A802EC721B571436D74A0BA37200B1CD183D8B2E6BC6233E3ABF6B5B793F76B35D97C906A076DDE09D82086996312EFFAF63BD0DC67ABA956DF0F999D36B591FF8741ED710063E676EBF44B9A82D2BB6A6E0BDACE5CC9789E75E4CE30D52B892E0160A7FCCB64CB20BE0FAE0E862B7B80479F8331708E4FBE9C96D31C079209795ED2A6AA66CD3361C1ED1F36007997878087C0338880D7FE9FC142F7B2EC21A023E0B57FAF2A78083CBB0868F3FF5709EA4FC834F12AD1753824B4B9786B73B5EFD225725B97E884738D6175020B5B835085F57EC931B3B2DBE8B3ABA31FFF9013F27249B19BB21210DA428D7ADCF43EE908CD4E3D320236E46760125D42EEC93EEF739CA0A1A6A5EC32CB56CF196DCDF3BACEB780B3A2447CAC174807E96FEF71E064993F9175BB0C1C4E552A7BBF26E06C13E0AB7E9C96F2C0BDD154EDA369721B160D60F173FFB93AFB4D2E3880DC6FFF6BE5FC18E7FF58925DE61C5CAB6F0731397436048829C9CB42C9F22AC71F728B4AB9F945E6FC1FEFFFF1E6FF87EBF53C571E024F1B025EFB7FDA4AD4CB8F87C0E111C0F43F89FE99809F77790878081C1B0406C8E74073E76B70F04753131CEB05EBF9A6D4151D0FF46A52576D011A5E5CC77E0CE2FD864C0CCE16E5AED5E3BDFFE46D82FA08799BF24EFD7DE4D2DF7ABE45DDBE7B3FADCE4FA53C53909605E080182F571CB351D3F81DF33ECA0B9A66ACF3BC5D734D63DABD5F17B53617C51AAE61A78CBF6F7CB2CFE5B52CDFC3A9AC8E3E5BE50B9F2BBBF7D40005B6061BAFAD00B9C64E925E51B535BE195291D44EB7D5EEEF7560A8991D62167F74C69201D4E359A0D7543C96DC5C0C92057C011FC75B8A19934CDA643B961C5F92B2B4C225355F5AD92D09AC5D9D7A56480BFB385CE6FE9F8039FFF7F8FF8FDCE43D0F1E024F0D02DEFCFFA9294A2F231E028F8C403D314354135781FE27AE927F4BC8E8E3E85FD037C902F109F2771143CC209B3EA04B3B7BD11A02D12D35443DE817DAAF47293C3133DF171F9A233E419C3B2025EFD9D98B4338CD2DB5E77138BA7425789E9A9B8AF759B318C490270F08E699B3DA5CD8D98BD512A80D80DB022D576E5D528060303EDCDF6D2138BBBA78471A0C458399E1A9542C3DBC3CDF33CA07A499C9EBDDCA74AC6B832D4E066E64E6F3E975B96D21DD31B0DC35BDD22BA7D73B967BB2C5BEC97C702ADCDD3B35BC3C54E095557AA4273335BA28CCCFCF0DCD8687534BE94C686A727E6C363F3D2F099134971E0CC717E8297626B632757D84673B6EA47A23C5898D814E7139228F2C86977B37C4686A408C4B2B74441A0D0CCE75F671A9E15571293A726B330AAA692177CD2DA4237790AB9EDEA9EB51CACA16BBD6C78E28817E662A391F9062E1F1E1642894EC082E44185A92A4A574785CA4A3D189BED1B4989E89AC7085D518C70DCD05A3D15C783E357123D497EBCAD0C3A1FED13E2533309355D81925144B2D0C7243636343B16CDF706A2CD635D9DD3DB138BA31D61D99080A3189CECB37EEA4E37C7A3526286D73BDD319F186CCAD77C7A61787AEF70F7784057A5191D25C6C995B4FF7C626959E81AEF02DA8A5BD47AAA92D3B7B33D04ACEEBAD8DE50C155F004864787871FCECCEDE2C38B8A83BB0A9FB02179D63B1E9F973A0E00F5C5C325CD8547F8193684F24D88FE9FF3A324190BF8D2AC904F5DFD469F267E437C9CF929F44578E946CCF931D81E69DBD4528817698E2E2AE6ECDA5E30EACE74B59EBAAE0A00A7C10ACAD2A60A87E83D2BB1E198D4F80FF043868317A645D791D58CF0D456253A777F63E00D6E7F4D84D7572E0ED0D9B37434B1D781B1D1B9FE8DC9CDCD97B1D5AA2CFE867547D77603B383B30DC6B35C3C1C246301CD9E8BC3E3A765D506E2C666684B181F1858162E720DBDF195C1A984D2E2CCC7573515919C8778D71B1318959985F6E533AD6E2E26834301DECCA884B2BE31B0B51712D1B9A96A667D7C4F4D4F462924F077BA5AE0E6E34292F860B2BF33DB1414E5EE2A747D26352787D71F44E4F31343E218D1726036C6E6478E84626B29A929796EF0C0F4456AEAFF4E593F13BD1745EEACDCFF78E311D71E156D3CEDEFB21CBAD3A144E8D7DD04E16C032E82E255B93DA8CEDEC3180C939031353B320E0323B383F3C61E112E918154742B3BDC9ECCAECDA7C7E451A1CEF6D1BA64526C431DCCADA7AB0934B2D0FF48CE407D2F974915E9B9BCB6557443EBB11590CAE8D4C772A43C399416E3D5B2CB4CDB1DC043F212FF6A699317AB46D311D5E9E67E26C31722715882F0E0D87BB7969B06D99878E272A748DCE74CF28778627E763FD7471491ABCB1C176CFCFC4C2E0626E4AEA60F24ABE3390994DDDC9748FADE5928B9DDDB754FE3FF971027EDEF5AE42609B01F54CAD04D5DCECAB397FFE3CA40DDD1FD2E4B36A6A2EA1DA46182561AF2D554351D4FB4938E05DD365A9771D293ECF64AD2A69BD45DB7517129CFE78F702CFC2E6DA1E7C18140D7B6E31330F6FB6DD77522CDE908B37A3AB96F8433D340FBEF24A360B9FC6C9809689AE0FC132D077F8EA1E9CBB7B7543FD5440CB8F7928A065649364912C53FB117CBAE93DE07AFBD5DDF2F8F8EB2CCB5CAB63403591997DE88EB10E6C68BE2A79D14E4FC77363EB9C3870A73B3899ED1F5E9E0A4D4E8D8656FAF96277A867A1C86E74AF76F5883313E34A511E126659BEB89CBEB154EC9FA7D9E2606A90677B7961F0CECC6A7FB1189D0EB16B6D43F484BC52CCC5683998928026A233DD6BC5A1E9D452269AB9DE379C292CAF77E5E6DA84FE10D3D73B5088A7A7164733D36DD7373A56A272243E9FEC1EEE9C5F1DDA90DB32DDECCC6A9B34555482E981702070CB2A4F17ABFF7D9F7ADFA75EC84E9C15CD7CD6414FA51EFA55077A3644A18EEE60B99C50876F1D3452DB3FF506013FEFF21078BC08DC3F0B8AE6AE985D580BEEC298981A478DCAF3575FD51E6C7A5F0FC68A20446AD573EBCDEAC144464A2AF965E1B1F464175CAB64B8973B26DD5A9D2BE9253A01032A576F4069E37F91F0F4FE3EDEAAFFD0D0DEA44017230CEFADCDCD30BCD3E0DE36BC079DC37BC66A1C514D39B6318673B20C1A81ACB661BD99ADC4D034FD8C8FF7260CD4CD983EEEABCC9276FA383149ACF27DD8B86FE6D7D5E24B8EFF8384A7FDE7A12DD673501681FB41D02F0B037DAB3A57A10F1AE899727DD9C3C77BB34A1B839937EEE799DBDC0603E71970D792426EDFB86F22566740E6EA0DD4F19F22EA09F26FE076BF09B4054331FA5AF094B3E5A0629C80629CC6C7207092CCE74043DE01C5A7B28F2423055EA1952B340DA7B245B53DF560B7122806BD749C1403E1A418E6DCC573003F408BF6B114CBF1E20650375FD7290195B1D94E1F2786E6212801BD3E3D7CFE4FBE4DC0CFBBDE95086C2F80FA3968F6E77CB853BE7460B34F40B38F1B47DEA481DBC51DD0EE4D0EF6B3383380F380F4B6AF32EFDBE9E3C4B43F44DBB70AD735E297A4FF17086AE15D59F9BD441D5704EE5F0095A0404BEADDD641B4E4CCBE5EEB0062D2AAD81E41A92D6A94E7FE595895252A35FEDF5B04F9D671AD684F5BBAB77938C7C55AF703412A1B6310F66AD8D7FD0468398FBCEEC7F825D8FA9167996792E49FA61CAB7E9DC74996E810E3BEC118AE334BD93DFE77DAD6FF3AD5F53F8AF83782CAC0ED785FF79B1FEC3E0723CE79950985F79518AB4DC8BDDA3404EDA65F3D3032022C0C1DB303061D9B20C8E321969FA2C526D87866F19DEC40B92A1E75FF24E89E85F2D1041A705D73746C20D04068F20C35543F948F73A5A3EC3CE699ECC4E27A1FA60ACCB6D365FB05720FFF395ABC93FEA7B0FC7F2DF92B027D11FD1E8AA257A86F537F4DE5A91BE4AFC82F911F21E3E4CBC47788BF200A44372E30E322BF6CBC79CFE38BC0AB27510D6A219A1B1D27C66CC675799160E01A960BEAC2F77DE7C694386D66FBE1A7CD9488117C1D39C6FB478A117C1D39C6AD23C508BE8E1CE3E69162045F878B11B7FF3AF24B25DBFFF1ADD9CF5ACA4BB4C68F1EA9DE80AFC3D59B1231EE1E2946F075E418778E1423F83A728CBF73A418C1D79163FCF09162045F878BF1FF01120356D3');
CREATE TABLE taxes (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    region TEXT,
    code TEXT,
    is_default INTEGER NOT NULL DEFAULT 0,
    UNIQUE (account_id, name)
) STRICT;
INSERT INTO "taxes" VALUES(70001,30001,'IVA23','23.0','PT','NOR',1);
INSERT INTO "taxes" VALUES(70002,30001,'IVA13','13.0','PT','INT',0);
INSERT INTO "taxes" VALUES(70003,30001,'IVA6','6.0','PT','RED',0);
INSERT INTO "taxes" VALUES(70004,30001,'Isento','0.0','PT','ISE',0);
INSERT INTO "taxes" VALUES(10070001,30002,'IVA23','23.0','PT','NOR',1);
INSERT INTO "taxes" VALUES(10070002,30002,'IVA13','13.0','PT','INT',0);
INSERT INTO "taxes" VALUES(10070003,30002,'IVA6','6.0','PT','RED',0);
INSERT INTO "taxes" VALUES(10070004,30002,'Isento','0.0','PT','ISE',0);
CREATE TABLE treasury_movements (
    id INTEGER PRIMARY KEY,
    client_id INTEGER NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    movement_type TEXT NOT NULL,
    value INTEGER NOT NULL,
    payment_method TEXT NOT NULL,
    date TEXT NOT NULL,
    serie TEXT,
    observation TEXT
) STRICT;
CREATE INDEX accounts_by_partner ON accounts (created_by) WHERE created_by IS NOT NULL;
CREATE INDEX clients_by_fiscal_id ON clients (account_id, fiscal_id);
CREATE INDEX items_by_tax ON items (tax_id);
CREATE INDEX items_in_order ON items (account_id, id);
CREATE INDEX documents_by_account ON documents (account_id);
CREATE INDEX documents_by_reference ON documents (account_id, reference);
CREATE INDEX documents_of_client ON documents (client_id, status);
CREATE INDEX documents_exported ON documents (account_id, date) WHERE number IS NOT NULL;
CREATE INDEX documents_by_owner ON documents (owner_id) WHERE owner_id IS NOT NULL;
CREATE UNIQUE INDEX documents_by_uid ON documents (account_id, proprietary_uid)
    WHERE proprietary_uid IS NOT NULL AND status NOT IN ('canceled', 'deleted');
CREATE UNIQUE INDEX documents_by_number ON documents (series_row_id, number)
    WHERE number IS NOT NULL;
CREATE INDEX lines_by_item ON document_lines (item_id) WHERE item_id IS NOT NULL;
CREATE INDEX deliveries_by_loading ON deliveries (loaded_at) WHERE loaded_at IS NOT NULL;
CREATE INDEX payments_by_document ON payments (document_id);
CREATE INDEX regularizations_by_client ON regularizations (client_id);
CREATE INDEX movements_by_client ON treasury_movements (client_id);
CREATE INDEX outbox_by_account ON outbox (account_id);
CREATE INDEX outbox_by_document ON outbox (document_id);
CREATE INDEX documents_listed ON documents
    (account_id, family, id, type, status, archived, date, due_date, before_taxes, client_id,
    search, client_search);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('accounts',30002);
COMMIT;
