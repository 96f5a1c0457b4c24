PRAGMA application_id = 1230521650;
PRAGMA user_version = 2;
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
INSERT INTO "accounts" VALUES(30001,'demo','demo-key','Demo, Lda. (fictícia)','599999993','{"pdf": {"polls": 1, "seconds": null}, "qr_code": {"polls": 2, "seconds": null}, "saft": {"polls": 2, "seconds": 5.0}, "at_doc_code": {"polls": 2, "seconds": null}, "fiscal_id": "accept", "at_registration": "automatic", "list_lag": 0.0}',0,'2026-10-01T08:01:00+00:00','active',0,1,NULL,NULL,'{}',NULL);
INSERT INTO "accounts" VALUES(30002,'loja','loja-key','Loja, Lda. (fictícia)','599999993','{"pdf": {"polls": 4, "seconds": null}, "qr_code": {"polls": 2, "seconds": null}, "saft": {"polls": 2, "seconds": null}, "at_doc_code": {"polls": 2, "seconds": null}, "fiscal_id": "refuse", "at_registration": "manual", "list_lag": 1.5}',3600000000,NULL,'active',0,1,NULL,NULL,'{}',NULL);
CREATE TABLE clients (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
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
INSERT INTO "clients" VALUES(600001,30001,'Ana Exemplo, Lda.','ANA','ana@example.com',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,'M00');
INSERT INTO "clients" VALUES(600002,30001,'Bruno Inventado','BRU',NULL,NULL,NULL,NULL,NULL,'Portugal','999999990',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,'M00');
INSERT INTO "clients" VALUES(600003,30002,'Ana Exemplo, Lda.','ANA','ana@example.com',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,'M00');
INSERT INTO "clients" VALUES(600004,30002,'Bruno Inventado','BRU',NULL,NULL,NULL,NULL,NULL,'Portugal','999999990',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,'M00');
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
INSERT INTO "deliveries" VALUES(2000015,'2090-01-02T19:00:00','11-AA-22','{"detail": "Rua da F\u00e1brica Fict\u00edcia, 1", "city": "Lisboa", "postal_code": "1000-001", "country": "Portugal"}','{"detail": "Rua Inventada, 2", "city": "Porto", "postal_code": "4000-001", "country": "Portugal"}',NULL,'Cais 3',NULL);
INSERT INTO "deliveries" VALUES(2000016,'2090-01-02T19:00:00','11-AA-22','{"detail": "Rua da F\u00e1brica Fict\u00edcia, 1", "city": "Lisboa", "postal_code": "1000-001", "country": "Portugal"}','{"detail": "Rua Inventada, 2", "city": "Porto", "postal_code": "4000-001", "country": "Portugal"}',NULL,'Cais 3',NULL);
INSERT INTO "deliveries" VALUES(2000017,'2090-01-02T19:00:00','11-AA-22','{"detail": "Rua da F\u00e1brica Fict\u00edcia, 1", "city": "Lisboa", "postal_code": "1000-001", "country": "Portugal"}','{"detail": "Rua Inventada, 2", "city": "Porto", "postal_code": "4000-001", "country": "Portugal"}',NULL,'Cais 3',NULL);
INSERT INTO "deliveries" VALUES(2000018,'2090-01-02T19:00:00','11-AA-22','{"detail": "Rua da F\u00e1brica Fict\u00edcia, 1", "city": "Lisboa", "postal_code": "1000-001", "country": "Portugal"}','{"detail": "Rua Inventada, 2", "city": "Porto", "postal_code": "4000-001", "country": "Portugal"}',NULL,'Cais 3',NULL);
INSERT INTO "deliveries" VALUES(2000019,'2090-01-02T19:00:00','11-AA-22','{"detail": "Rua da F\u00e1brica Fict\u00edcia, 1", "city": "Lisboa", "postal_code": "1000-001", "country": "Portugal"}','{"detail": "Rua Inventada, 2", "city": "Porto", "postal_code": "4000-001", "country": "Portugal"}',NULL,'Cais 3',NULL);
INSERT INTO "deliveries" VALUES(2000020,'2090-01-02T19:00:00','11-AA-22','{"detail": "Rua da F\u00e1brica Fict\u00edcia, 1", "city": "Lisboa", "postal_code": "1000-001", "country": "Portugal"}','{"detail": "Rua Inventada, 2", "city": "Porto", "postal_code": "4000-001", "country": "Portugal"}',NULL,'Cais 3',NULL);
INSERT INTO "deliveries" VALUES(2000021,'2090-01-02T19:00:00',NULL,NULL,NULL,NULL,'Cais 3',NULL);
INSERT INTO "deliveries" VALUES(2000022,'2090-01-02T19:00:00',NULL,NULL,NULL,NULL,'Cais 3',NULL);
INSERT INTO "deliveries" VALUES(2000044,'2090-01-02T19:00:00','11-AA-22','{"detail": "Rua da F\u00e1brica Fict\u00edcia, 1", "city": "Lisboa", "postal_code": "1000-001", "country": "Portugal"}','{"detail": "Rua Inventada, 2", "city": "Porto", "postal_code": "4000-001", "country": "Portugal"}',NULL,'Cais 3',NULL);
INSERT INTO "deliveries" VALUES(2000045,'2090-01-02T19:00:00','11-AA-22','{"detail": "Rua da F\u00e1brica Fict\u00edcia, 1", "city": "Lisboa", "postal_code": "1000-001", "country": "Portugal"}','{"detail": "Rua Inventada, 2", "city": "Porto", "postal_code": "4000-001", "country": "Portugal"}',NULL,'Cais 3',NULL);
INSERT INTO "deliveries" VALUES(2000046,'2090-01-02T19:00:00','11-AA-22','{"detail": "Rua da F\u00e1brica Fict\u00edcia, 1", "city": "Lisboa", "postal_code": "1000-001", "country": "Portugal"}','{"detail": "Rua Inventada, 2", "city": "Porto", "postal_code": "4000-001", "country": "Portugal"}',NULL,'Cais 3',NULL);
INSERT INTO "deliveries" VALUES(2000047,'2090-01-02T19:00:00','11-AA-22','{"detail": "Rua da F\u00e1brica Fict\u00edcia, 1", "city": "Lisboa", "postal_code": "1000-001", "country": "Portugal"}','{"detail": "Rua Inventada, 2", "city": "Porto", "postal_code": "4000-001", "country": "Portugal"}',NULL,'Cais 3',NULL);
INSERT INTO "deliveries" VALUES(2000048,'2090-01-02T19:00:00','11-AA-22','{"detail": "Rua da F\u00e1brica Fict\u00edcia, 1", "city": "Lisboa", "postal_code": "1000-001", "country": "Portugal"}','{"detail": "Rua Inventada, 2", "city": "Porto", "postal_code": "4000-001", "country": "Portugal"}',NULL,'Cais 3',NULL);
INSERT INTO "deliveries" VALUES(2000049,'2090-01-02T19:00:00','11-AA-22','{"detail": "Rua da F\u00e1brica Fict\u00edcia, 1", "city": "Lisboa", "postal_code": "1000-001", "country": "Portugal"}','{"detail": "Rua Inventada, 2", "city": "Porto", "postal_code": "4000-001", "country": "Portugal"}',NULL,'Cais 3',NULL);
INSERT INTO "deliveries" VALUES(2000050,'2090-01-02T19:00:00',NULL,NULL,NULL,NULL,'Cais 3',NULL);
INSERT INTO "deliveries" VALUES(2000051,'2090-01-02T19:00:00',NULL,NULL,NULL,NULL,'Cais 3',NULL);
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
INSERT INTO "document_lines" VALUES(2000001,0,400001,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000001,1,400002,'Livro',NULL,'9.9900','3.00',NULL,'0',70003,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000002,0,400001,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000002,1,400002,'Livro',NULL,'9.9900','3.00',NULL,'0',70003,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000003,0,400001,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000003,1,400002,'Livro',NULL,'9.9900','3.00',NULL,'0',70003,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000004,0,400001,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000004,1,400002,'Livro',NULL,'9.9900','3.00',NULL,'0',70003,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000005,0,400001,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000005,1,400002,'Livro',NULL,'9.9900','3.00',NULL,'0',70003,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000006,0,400001,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000006,1,400002,'Livro',NULL,'9.9900','3.00',NULL,'0',70003,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000007,0,400001,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000007,1,400002,'Livro',NULL,'9.9900','3.00',NULL,'0',70003,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000008,0,400001,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000008,1,400002,'Livro',NULL,'9.9900','3.00',NULL,'0',70003,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000009,0,400001,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000009,1,400002,'Livro',NULL,'9.9900','3.00',NULL,'0',70003,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000010,0,400001,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000010,1,400002,'Livro',NULL,'9.9900','3.00',NULL,'0',70003,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000011,0,400001,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000011,1,400002,'Livro',NULL,'9.9900','3.00',NULL,'0',70003,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000012,0,400001,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000012,1,400002,'Livro',NULL,'9.9900','3.00',NULL,'0',70003,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000013,0,400001,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000013,1,400002,'Livro',NULL,'9.9900','3.00',NULL,'0',70003,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000014,0,400001,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000014,1,400002,'Livro',NULL,'9.9900','3.00',NULL,'0',70003,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000015,0,400001,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000015,1,400002,'Livro',NULL,'9.9900','3.00',NULL,'0',70003,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000016,0,400001,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000016,1,400002,'Livro',NULL,'9.9900','3.00',NULL,'0',70003,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000017,0,400001,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000017,1,400002,'Livro',NULL,'9.9900','3.00',NULL,'0',70003,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000018,0,400001,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000018,1,400002,'Livro',NULL,'9.9900','3.00',NULL,'0',70003,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000019,0,400001,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000019,1,400002,'Livro',NULL,'9.9900','3.00',NULL,'0',70003,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000020,0,400001,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000020,1,400002,'Livro',NULL,'9.9900','3.00',NULL,'0',70003,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000021,0,400001,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000021,1,400002,'Livro',NULL,'9.9900','3.00',NULL,'0',70003,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000022,0,400001,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000022,1,400002,'Livro',NULL,'9.9900','3.00',NULL,'0',70003,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000023,0,400001,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000023,1,400002,'Livro',NULL,'9.9900','3.00',NULL,'0',70003,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000025,0,400002,'Livro',NULL,'9.9900','1.00',NULL,'0',70003,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000026,0,400001,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000026,1,400002,'Livro',NULL,'9.9900','3.00',NULL,'0',70003,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000027,0,400001,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000027,1,400002,'Livro',NULL,'9.9900','3.00',NULL,'0',70003,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000029,0,400001,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70001,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000029,1,400002,'Livro',NULL,'9.9900','3.00',NULL,'0',70003,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000030,0,400054,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70005,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000030,1,400055,'Livro',NULL,'9.9900','3.00',NULL,'0',70007,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000031,0,400054,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70005,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000031,1,400055,'Livro',NULL,'9.9900','3.00',NULL,'0',70007,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000032,0,400054,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70005,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000032,1,400055,'Livro',NULL,'9.9900','3.00',NULL,'0',70007,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000033,0,400054,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70005,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000033,1,400055,'Livro',NULL,'9.9900','3.00',NULL,'0',70007,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000034,0,400054,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70005,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000034,1,400055,'Livro',NULL,'9.9900','3.00',NULL,'0',70007,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000035,0,400054,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70005,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000035,1,400055,'Livro',NULL,'9.9900','3.00',NULL,'0',70007,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000036,0,400054,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70005,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000036,1,400055,'Livro',NULL,'9.9900','3.00',NULL,'0',70007,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000037,0,400054,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70005,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000037,1,400055,'Livro',NULL,'9.9900','3.00',NULL,'0',70007,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000038,0,400054,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70005,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000038,1,400055,'Livro',NULL,'9.9900','3.00',NULL,'0',70007,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000039,0,400054,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70005,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000039,1,400055,'Livro',NULL,'9.9900','3.00',NULL,'0',70007,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000040,0,400054,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70005,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000040,1,400055,'Livro',NULL,'9.9900','3.00',NULL,'0',70007,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000041,0,400054,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70005,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000041,1,400055,'Livro',NULL,'9.9900','3.00',NULL,'0',70007,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000042,0,400054,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70005,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000042,1,400055,'Livro',NULL,'9.9900','3.00',NULL,'0',70007,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000043,0,400054,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70005,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000043,1,400055,'Livro',NULL,'9.9900','3.00',NULL,'0',70007,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000044,0,400054,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70005,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000044,1,400055,'Livro',NULL,'9.9900','3.00',NULL,'0',70007,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000045,0,400054,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70005,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000045,1,400055,'Livro',NULL,'9.9900','3.00',NULL,'0',70007,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000046,0,400054,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70005,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000046,1,400055,'Livro',NULL,'9.9900','3.00',NULL,'0',70007,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000047,0,400054,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70005,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000047,1,400055,'Livro',NULL,'9.9900','3.00',NULL,'0',70007,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000048,0,400054,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70005,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000048,1,400055,'Livro',NULL,'9.9900','3.00',NULL,'0',70007,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000049,0,400054,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70005,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000049,1,400055,'Livro',NULL,'9.9900','3.00',NULL,'0',70007,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000050,0,400054,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70005,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000050,1,400055,'Livro',NULL,'9.9900','3.00',NULL,'0',70007,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000051,0,400054,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70005,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000051,1,400055,'Livro',NULL,'9.9900','3.00',NULL,'0',70007,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000052,0,400054,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70005,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000052,1,400055,'Livro',NULL,'9.9900','3.00',NULL,'0',70007,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000054,0,400055,'Livro',NULL,'9.9900','1.00',NULL,'0',70007,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000055,0,400054,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70005,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000055,1,400055,'Livro',NULL,'9.9900','3.00',NULL,'0',70007,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000056,0,400054,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70005,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000056,1,400055,'Livro',NULL,'9.9900','3.00',NULL,'0',70007,'IVA6','6.0','PT','RED',NULL);
INSERT INTO "document_lines" VALUES(2000058,0,400054,'Trabalho','Um dia','100.0000','1.50',NULL,'0',70005,'IVA23','23.0','PT','NOR',NULL);
INSERT INTO "document_lines" VALUES(2000058,1,400055,'Livro',NULL,'9.9900','3.00',NULL,'0',70007,'IVA6','6.0','PT','RED',NULL);
CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
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
INSERT INTO "documents" VALUES(2000001,30001,'Invoice','invoice','final',0,'2026-10-01','2026-10-01',NULL,NULL,NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,NULL,0,0,'uid-invoices',146001,1,'DEMO','EMUSD35R-1','GptH7rk0HiE7peda67GfEavjxER7OM7u2mweFiy7V6+wZ/NFiqSjOSeH+AqrbC3bZuuKRQzInOLI43Bj58BAfuPngmBthuhuGKmcGlTWIBeVKhqyangAahb58Zkz4COgyZ+7f9RFlvc7wKfhkBdb8MpSAUjABbQ5/Dh6mDyza7M=','2026-10-01T09:00:00+01:00',NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro
1/demo
demo/1',3);
INSERT INTO "documents" VALUES(2000002,30001,'Invoice','invoice','draft',0,'2026-10-01','2026-10-01',NULL,NULL,NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": "ana@example.com", "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana
ana@example.com',NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro',2);
INSERT INTO "documents" VALUES(2000003,30001,'SimplifiedInvoice','invoice','final',0,'2026-10-01','2026-10-01',NULL,NULL,NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,NULL,0,0,'uid-simplified_invoices',146002,1,'DEMO','EMUMKQMR-1','OniJv/vTtGl7ghm5Ywb/rO6ZmVsgpd0GvglR9cMvkRKv3KjrPcqj6Jmv5swYrj8BjSQ4zNGemBs5I8DWEcknM4i0o7O5FU0ixbiA5sQh7NelYCU1FEZHQSttbQ0tmGKAOp4DW5dJ5uFtKJOq5oMCz2ETze2/QD+B44dTk2zfMJM=','2026-10-01T09:00:00+01:00',NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro
1/demo
demo/1',3);
INSERT INTO "documents" VALUES(2000004,30001,'SimplifiedInvoice','invoice','draft',0,'2026-10-01','2026-10-01',NULL,NULL,NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": "ana@example.com", "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana
ana@example.com',NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro',2);
INSERT INTO "documents" VALUES(2000005,30001,'InvoiceReceipt','invoice','settled',0,'2026-10-01','2026-10-01',NULL,NULL,NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,NULL,0,0,'uid-invoice_receipts',146003,1,'DEMO','EMUWKNCC-1','ueHy0k7vQEfh8Gak+d15+xPuv8AC4th4ldELUSo4vpaZWCdpY9M+f4Vp3vegTOwH8yTsW6SGX9xActGY3s7mUXVgblLg2yoBIBrVC6ijferOjciT2kL2BnVXNpc/xykWq18Ep+HyF9wp9eoq6ZhgKZq92fBwlZ2dcs689pTMAoA=','2026-10-01T09:00:00+01:00',NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro
1/demo
demo/1',3);
INSERT INTO "documents" VALUES(2000006,30001,'InvoiceReceipt','invoice','draft',0,'2026-10-01','2026-10-01',NULL,NULL,NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": "ana@example.com", "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana
ana@example.com',NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro',2);
INSERT INTO "documents" VALUES(2000007,30001,'VatMossInvoice','invoice','final',0,'2026-10-01','2026-10-01',NULL,NULL,NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,NULL,0,0,'uid-vat_moss_invoices',146008,1,'DEMO','N/A','ACsi2NfcKdeBvhF7ojBpGFQg0Akc1fX/Z1O5inp8NbpNoUN1g9aT/m0kNYVHDPv068mRUZMgn4v0LMbV32+v/hopdfcVgx+3a69/vv0P+vZKxU8bzddchZ6aiKVBG8YRh1XgjjU3mZyDx5R/bq5eHRSA5oPlPK4g4Ly3QsjCfOs=','2026-10-01T09:00:00+01:00',NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro
1/demo
demo/1',3);
INSERT INTO "documents" VALUES(2000008,30001,'VatMossInvoice','invoice','draft',0,'2026-10-01','2026-10-01',NULL,NULL,NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": "ana@example.com", "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana
ana@example.com',NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro',2);
INSERT INTO "documents" VALUES(2000009,30001,'Quote','estimate','final',0,'2026-10-01','2026-10-01',NULL,NULL,NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,NULL,0,0,NULL,146012,1,'DEMO','EMU442PH-1','P15OYw66nOmLKR7FkGXmu20vKB9iR+Jpmt+4tXl1vALzlop+STX4mhjoO69r8cSuOOYSQlLcIe/sI9jDjVbADrA9UPlnJEtvPBmJP2GfNUroIYQR5R+bTVc3dzv8qOiNhKjlbDzx3ByUhz0PRrq4Fox/1PTI461s24eZAMYC2KY=','2026-10-01T09:00:00+01:00',NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro
1/demo
demo/1',3);
INSERT INTO "documents" VALUES(2000010,30001,'Quote','estimate','draft',0,'2026-10-01','2026-10-01',NULL,NULL,NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": "ana@example.com", "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana
ana@example.com',NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro',2);
INSERT INTO "documents" VALUES(2000011,30001,'Proforma','estimate','final',0,'2026-10-01','2026-10-01',NULL,NULL,NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,NULL,0,0,NULL,146013,1,'DEMO','EMUS8BHZ-1','p6uzIr8PZr/DfT1J4fbEPQPez5CKDvpaCKLjhAdlrI/2gWgKbjgRtNc1ZrnwadllXLoHTSsEF60M0pOLkgcsE+ZKQSbIAd5XTRWiXOfeZM9taK7HcMGQUCyGA4Jviupf/Jfp6zNdkQo7xA21YYWcxXtBzrEhfn+MzUbDqBzQYFg=','2026-10-01T09:00:00+01:00',NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro
1/demo
demo/1',3);
INSERT INTO "documents" VALUES(2000012,30001,'Proforma','estimate','draft',0,'2026-10-01','2026-10-01',NULL,NULL,NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": "ana@example.com", "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana
ana@example.com',NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro',2);
INSERT INTO "documents" VALUES(2000013,30001,'FeesNote','estimate','final',0,'2026-10-01','2026-10-01',NULL,NULL,NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,NULL,0,0,NULL,146014,1,'DEMO','N/A','HmcPa5OmJ1/UNeMf+Vmj6DsTFP/LS11F+JusxmrPmK6p5Gy52cNKf1eZcJ1KJ7pxzP+PJRiwZ5aTm0OppcyLpIJCq0Wvn+Oq9P8o3nHahh9kTSCfBvUTovLyhsqLS6738h/DNBD94Z6bDaM62gi+3MYr8ams0M92QFlMpyR1R8U=','2026-10-01T09:00:00+01:00',NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro
1/demo
demo/1',3);
INSERT INTO "documents" VALUES(2000014,30001,'FeesNote','estimate','draft',0,'2026-10-01','2026-10-01',NULL,NULL,NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": "ana@example.com", "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana
ana@example.com',NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro',2);
INSERT INTO "documents" VALUES(2000015,30001,'Shipping','guide','final',0,'2026-10-01','2026-10-01',NULL,NULL,NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,NULL,0,0,NULL,146015,1,'DEMO','EMU9GS8F-1','P/NhLW3iaxmDRa8epp2aina/1l8gbcCWEJn9OQY+KTKVQoH7XV59hsHlBmT2deDnTApr+cx0LxA9J8VcXNp1jPbZIbXpYRcNt5667/k592s2UUYR3szl/1lJIyBysjnrVxlYwUUYHxOChdRvnlNc5KuUxfOAPET2Q3kkEd6TDGM=','2026-10-01T09:00:00+01:00',NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro
1/demo
demo/1',3);
INSERT INTO "documents" VALUES(2000016,30001,'Shipping','guide','draft',0,'2026-10-01','2026-10-01',NULL,NULL,NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": "ana@example.com", "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana
ana@example.com',NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro',2);
INSERT INTO "documents" VALUES(2000017,30001,'Transport','guide','final',0,'2026-10-01','2026-10-01',NULL,NULL,NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,NULL,0,0,NULL,146017,1,'DEMO','EMUSCPX9-1','eRk7T26TKtLZzrnBRUQ/8Yj4QrjXdLe5bf6RyHlLbXacSzSuPns2e9oyyVlMaYcSxFnehmKD2iZsCu8ynoXCv/ia6T4se3TUcvOShrzSODp+abLpfSgj6g8qEx6fbXTE5iW+amqc5uHBfW2B9uMdMrgdZJ9qpQAA/YinCPam/co=','2026-10-01T09:00:00+01:00',NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro
1/demo
demo/1',3);
INSERT INTO "documents" VALUES(2000018,30001,'Transport','guide','draft',0,'2026-10-01','2026-10-01',NULL,NULL,NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": "ana@example.com", "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana
ana@example.com',NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro',2);
INSERT INTO "documents" VALUES(2000019,30001,'Devolution','guide','final',0,'2026-10-01','2026-10-01',NULL,NULL,NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,NULL,0,0,NULL,146016,1,'DEMO','EMUJB23Q-1','GQG7P3qYY88zWXaxRICQ2wTpFaOb5zMYlzZmHTVGVVnbx2cXlWWZzD3KFGpnelxHp5kDB4IditTUEOZDxzolLwGSseWqz7zrK+eigpmQiYCdTqg1j8fmHwHtKaH8ylO9S0fmx/wQdhEvGt7egJ039K/wPiRzgUB1iLtPjijPO0I=','2026-10-01T09:00:00+01:00',NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro
1/demo
demo/1',3);
INSERT INTO "documents" VALUES(2000020,30001,'Devolution','guide','draft',0,'2026-10-01','2026-10-01',NULL,NULL,NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": "ana@example.com", "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana
ana@example.com',NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro',2);
INSERT INTO "documents" VALUES(2000021,30001,'PurchaseOrder','purchase_order','final',0,'2026-10-01','2026-10-01',NULL,NULL,NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,NULL,0,0,NULL,146011,1,'DEMO','N/A',NULL,'2026-10-01T09:00:00+01:00',NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro
1/demo
demo/1',3);
INSERT INTO "documents" VALUES(2000022,30001,'PurchaseOrder','purchase_order','draft',0,'2026-10-01','2026-10-01',NULL,NULL,NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": "ana@example.com", "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana
ana@example.com',NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro',2);
INSERT INTO "documents" VALUES(2000023,30001,'Invoice','invoice','final',0,'2026-10-01','2026-10-01',NULL,NULL,NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,NULL,0,0,NULL,146001,2,'DEMO','EMUSD35R-2','kQlbK5u1jsQsjhK4Mpsm+GiXDnHyRDuyfnWBCCNNElYSwX7jAVJmObdS77/WX6BQTd1sSvSkCagMeXf0SVGbXPi12K/WYML8tKXqKlq3ywJkMQ0YvH1+3ViqHbLh5ZkFJms8ny+I9tSN1e1v0LB89M3y6/6yvSWHbCLMEJJpd3s=','2026-10-01T09:00:00+01:00',NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro
2/demo
demo/2',3);
INSERT INTO "documents" VALUES(2000024,30001,'Receipt','invoice','final',0,'2026-10-01','2026-10-01',NULL,NULL,NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,NULL,0,0,NULL,146004,1,'DEMO','EMUCKTXP-1',NULL,'2026-10-01T09:00:00+01:00',NULL,NULL,5000,0,5000,0,5000,'2/demo
demo/2
1/demo
demo/1',2);
INSERT INTO "documents" VALUES(2000025,30001,'CreditNote','invoice','final',0,'2026-10-01','2026-10-01',NULL,NULL,NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,2000023,0,0,NULL,146006,1,'DEMO','EMU2B6JK-1','gYoIQpdbzzf1Uh7Rhh7RPnZC0Pwr+7E32/y2eqCTXvx+cOTLhzfZtEbGIIT3GDHE4FtZEdwxxDDkDWFE5eotIff/48gUdeAH/+6g11rtBQGX2Rv3B7u+O08RUr2THkbn6cYTYx/OSMyfE/bXYNci/c7iEFUsxqGxkuffueowirA=','2026-10-01T09:00:00+01:00',NULL,NULL,999,0,999,60,1059,'livro
1/demo
demo/1',3);
INSERT INTO "documents" VALUES(2000026,30001,'Invoice','invoice','canceled',0,'2026-10-01','2026-10-01',NULL,NULL,NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,NULL,0,0,NULL,146001,3,'DEMO','EMUSD35R-3','s5QN69CwmMYSuXPnVBc6uIL3mZkiRhOi/Vw7XVMDdqj+W4y71RH4CQ3jnrjQb9SeRdZOZDyyio2E+nEfA0FP+g/ewvEHugZ5/vcIFeHfhxczxCepSfSd0Dbr34Gt6yTvun7GJ6ygYqW5JY920o+ekhVPfFUHQsgknICNRGwfi2s=','2026-10-01T09:00:00+01:00','Engano','2026-10-01T09:00:00+01:00',17997,0,17997,3630,21627,'trabalho
um dia
livro
3/demo
demo/3',4);
INSERT INTO "documents" VALUES(2000027,30001,'Invoice','invoice','settled',0,'2026-10-01','2026-10-01',NULL,NULL,NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,NULL,0,0,NULL,146001,4,'DEMO','EMUSD35R-4','hOQdF2MDEWRuK/GzEreWX9D2cr/yPX526pM0s8pIOCXzLvxGT7LZo6Gh6xyglXFhqDqee52qd9xNpLpfmeRZ1Zh3HLALdeb4kppy8ykVhQ0MBMqoKNhYB9yAYdhEGca7upxgbLb9N/G6K7kOztCbDSzvABolc8APykwi6GNYYGc=','2026-10-01T09:00:00+01:00',NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro
4/demo
demo/4',5);
INSERT INTO "documents" VALUES(2000028,30001,'Receipt','invoice','final',0,'2026-10-01','2026-10-01',NULL,NULL,NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,NULL,0,0,NULL,146004,2,'DEMO','EMUCKTXP-2',NULL,'2026-10-01T09:00:00+01:00',NULL,NULL,21627,0,21627,0,21627,'4/demo
demo/4
2/demo
demo/2',2);
INSERT INTO "documents" VALUES(2000029,30001,'Invoice','invoice','deleted',0,'2026-10-01','2026-10-01',NULL,NULL,NULL,NULL,600001,'{"id": 600001, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro',2);
INSERT INTO "documents" VALUES(2000030,30002,'Invoice','invoice','final',0,'2026-11-21','2026-11-21',NULL,NULL,NULL,NULL,600003,'{"id": 600003, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,NULL,0,0,'uid-invoices',146018,1,'LOJA','EMURB3KM-1','L2c1O6M5ApIaGVwazuXy9GkYCqPAmLEohiP9vyDZYQ6UDEeDffkzQ7I5U+trl0CPeK8pwGH2EY4M6teW0oDjCd2wiNDTmgZ5Ct4FaHeCiXxJSE64ytY8/AH3sutJmkhuatCnmHbqU/5aqLtxmO7B781EV2NAFg+70ULg5Dlhhfs=','2026-11-21T13:49:32+00:00',NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro
1/loja
loja/1',3);
INSERT INTO "documents" VALUES(2000031,30002,'Invoice','invoice','draft',0,'2026-11-21','2026-11-21',NULL,NULL,NULL,NULL,600003,'{"id": 600003, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": "ana@example.com", "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana
ana@example.com',NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro',2);
INSERT INTO "documents" VALUES(2000032,30002,'SimplifiedInvoice','invoice','final',0,'2026-11-21','2026-11-21',NULL,NULL,NULL,NULL,600003,'{"id": 600003, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,NULL,0,0,'uid-simplified_invoices',146019,1,'LOJA','EMUGN24Z-1','tEfgZPU9EsRVhT5HWoKIbZs0GoghB1cGu9A7JMk8qGqRTmf+esfjvpuo6r0ei+3zGZ++FV/HLu7fUXWPG3H4IpWwRq7dFxRlbJQXVJxIgxRP65U18YS7I9qQZtUnVzP280ehzQ3CJE+BeOTicaWbkhXO5UJ8smuttnsyls+M/qc=','2026-11-21T13:49:32+00:00',NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro
1/loja
loja/1',3);
INSERT INTO "documents" VALUES(2000033,30002,'SimplifiedInvoice','invoice','draft',0,'2026-11-21','2026-11-21',NULL,NULL,NULL,NULL,600003,'{"id": 600003, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": "ana@example.com", "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana
ana@example.com',NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro',2);
INSERT INTO "documents" VALUES(2000034,30002,'InvoiceReceipt','invoice','settled',0,'2026-11-21','2026-11-21',NULL,NULL,NULL,NULL,600003,'{"id": 600003, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,NULL,0,0,'uid-invoice_receipts',146020,1,'LOJA','EMURZ2LV-1','Sm2hjUeJNOa7p9iCVeNcjUjGxwZuQX63g1/bkcy58DCZh4BU4PjRC5KhzE0pjV4CpOCpcIdslPWjnJzW9hIe79M1re2JWtQRoYAdcn0q7KggPZTErWcuUjFx+Qz66i+G6wHCHmLHV+6F6XHKLOZCy4WYYSFlqf5Etbw4OAT3YFs=','2026-11-21T13:49:32+00:00',NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro
1/loja
loja/1',3);
INSERT INTO "documents" VALUES(2000035,30002,'InvoiceReceipt','invoice','draft',0,'2026-11-21','2026-11-21',NULL,NULL,NULL,NULL,600003,'{"id": 600003, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": "ana@example.com", "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana
ana@example.com',NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro',2);
INSERT INTO "documents" VALUES(2000036,30002,'VatMossInvoice','invoice','final',0,'2026-11-21','2026-11-21',NULL,NULL,NULL,NULL,600003,'{"id": 600003, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,NULL,0,0,'uid-vat_moss_invoices',146025,1,'LOJA','N/A','TFYOZ4gMfXx9QEASqsMUpuJt2OOJ1E5fjaUb5UQfaZNDA1qOctbylWJGORSr/WUOlE34ZFnzEIXKs7HCjgm3GjxBAJkyvO5P66K5s31+agZ050NeoVJ2hwvK/XFCdLX+wNvwCfclFGUYNugv0j3soKal7wMNA60FoOFwI+uK/RM=','2026-11-21T13:49:32+00:00',NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro
1/loja
loja/1',3);
INSERT INTO "documents" VALUES(2000037,30002,'VatMossInvoice','invoice','draft',0,'2026-11-21','2026-11-21',NULL,NULL,NULL,NULL,600003,'{"id": 600003, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": "ana@example.com", "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana
ana@example.com',NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro',2);
INSERT INTO "documents" VALUES(2000038,30002,'Quote','estimate','final',0,'2026-11-21','2026-11-21',NULL,NULL,NULL,NULL,600003,'{"id": 600003, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,NULL,0,0,NULL,146029,1,'LOJA','EMU98WMF-1','Fy3InhVpVN+6Fpw9/a2uDkwQuHevtzeELwHSka8G1EKz9NjA4S/SbH4M80CmVE02EQRfHjALzNSfIJuFVliYCqH/UDrdiPkL0qqOc3dABMHBL5N70xgrBUBCnPoZc01PRObvPTQKOarO4wRT8ZBLzvv+flBwT321+6dh5qAkkZU=','2026-11-21T13:49:32+00:00',NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro
1/loja
loja/1',3);
INSERT INTO "documents" VALUES(2000039,30002,'Quote','estimate','draft',0,'2026-11-21','2026-11-21',NULL,NULL,NULL,NULL,600003,'{"id": 600003, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": "ana@example.com", "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana
ana@example.com',NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro',2);
INSERT INTO "documents" VALUES(2000040,30002,'Proforma','estimate','final',0,'2026-11-21','2026-11-21',NULL,NULL,NULL,NULL,600003,'{"id": 600003, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,NULL,0,0,NULL,146030,1,'LOJA','EMU63LP9-1','sk0c30LtyQxnSgGsSwpaop4p57lBZJgxlZadrXCnH2MYzg3TPqDcoTy94/9jpr8mniA2zR6S7wIOUmjbSTmTBQ8A3f/MOH5XBl8iE8hMO3GnEy7cjmV3mkd9UcarIeQrFTnEBdV1RnUsT7DEgbjan7Q7GJFyZU0KrpFbska37pg=','2026-11-21T13:49:32+00:00',NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro
1/loja
loja/1',3);
INSERT INTO "documents" VALUES(2000041,30002,'Proforma','estimate','draft',0,'2026-11-21','2026-11-21',NULL,NULL,NULL,NULL,600003,'{"id": 600003, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": "ana@example.com", "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana
ana@example.com',NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro',2);
INSERT INTO "documents" VALUES(2000042,30002,'FeesNote','estimate','final',0,'2026-11-21','2026-11-21',NULL,NULL,NULL,NULL,600003,'{"id": 600003, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,NULL,0,0,NULL,146031,1,'LOJA','N/A','pIpcPRAtD45wlMNw095QuuaKNfwzU9OgyWRs6stB1OkBZZW45GwapLY1/EqtX1kTksQ4UZF91Top4YU3yEuxc3KueWpAIdnG6DFkV1mJDGHV9LXNTWKXqjkF1gZQKHxEr2poKbNlAdXd+a6NX7FGbi3E+avkdkQi294u93rJ9IU=','2026-11-21T13:49:32+00:00',NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro
1/loja
loja/1',3);
INSERT INTO "documents" VALUES(2000043,30002,'FeesNote','estimate','draft',0,'2026-11-21','2026-11-21',NULL,NULL,NULL,NULL,600003,'{"id": 600003, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": "ana@example.com", "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana
ana@example.com',NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro',2);
INSERT INTO "documents" VALUES(2000044,30002,'Shipping','guide','final',0,'2026-11-21','2026-11-21',NULL,NULL,NULL,NULL,600003,'{"id": 600003, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,NULL,0,0,NULL,146032,1,'LOJA','EMU9ZSTJ-1','a2mCW7XZmnxlj+p1nUBOcorHieiacpMJGOpa6lX1mYwAScDJeu5m6eWT2JFbm2/M79adVzOlUt5gFgSRqttd+TyijGF37mZMYp9preNqDxXQurpyoacpi0x5Rd4UGJRlrEkjv9FxCi7yj8V2RrkiWe2vOaA5r/c4ZzqxJP3XJGo=','2026-11-21T13:49:32+00:00',NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro
1/loja
loja/1',3);
INSERT INTO "documents" VALUES(2000045,30002,'Shipping','guide','draft',0,'2026-11-21','2026-11-21',NULL,NULL,NULL,NULL,600003,'{"id": 600003, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": "ana@example.com", "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana
ana@example.com',NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro',2);
INSERT INTO "documents" VALUES(2000046,30002,'Transport','guide','final',0,'2026-11-21','2026-11-21',NULL,NULL,NULL,NULL,600003,'{"id": 600003, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,NULL,0,0,NULL,146034,1,'LOJA','EMUTP85B-1','N7gweeplfqivAngw6nR+tqv/fgK/ENcV3G8IzEKtLmw5UDlT7j0CX//sOrYsD5mNakN6f0dSVGM9zotcDSdKlRkZG0viu8imifof5d3kee02PEqWWv7PNLT0j2rLZ1z901vWGOCFat1S8lGcGS8KFJuZsHiCBvR6gwl66hHrCQw=','2026-11-21T13:49:32+00:00',NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro
1/loja
loja/1',3);
INSERT INTO "documents" VALUES(2000047,30002,'Transport','guide','draft',0,'2026-11-21','2026-11-21',NULL,NULL,NULL,NULL,600003,'{"id": 600003, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": "ana@example.com", "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana
ana@example.com',NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro',2);
INSERT INTO "documents" VALUES(2000048,30002,'Devolution','guide','final',0,'2026-11-21','2026-11-21',NULL,NULL,NULL,NULL,600003,'{"id": 600003, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,NULL,0,0,NULL,146033,1,'LOJA','EMUM92P7-1','ZDAcT80iAzZddQw3sN1HU3r7qj9P4O5sPc1orKO3XMlXGpdLIqeFz4GFQzwAQ9WrO0NPiplPJtjjch1pi4lF7IG/pn4lJ6FdF0LSIvar0r80CztnYqOUgzkgK7PvoLphYJ6sEr8L0Ikivp83NYtKbp40NyGKTMxnDvL4QgzaaNc=','2026-11-21T13:49:32+00:00',NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro
1/loja
loja/1',3);
INSERT INTO "documents" VALUES(2000049,30002,'Devolution','guide','draft',0,'2026-11-21','2026-11-21',NULL,NULL,NULL,NULL,600003,'{"id": 600003, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": "ana@example.com", "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana
ana@example.com',NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro',2);
INSERT INTO "documents" VALUES(2000050,30002,'PurchaseOrder','purchase_order','final',0,'2026-11-21','2026-11-21',NULL,NULL,NULL,NULL,600003,'{"id": 600003, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,NULL,0,0,NULL,146028,1,'LOJA','N/A',NULL,'2026-11-21T13:49:32+00:00',NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro
1/loja
loja/1',3);
INSERT INTO "documents" VALUES(2000051,30002,'PurchaseOrder','purchase_order','draft',0,'2026-11-21','2026-11-21',NULL,NULL,NULL,NULL,600003,'{"id": 600003, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": "ana@example.com", "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana
ana@example.com',NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro',2);
INSERT INTO "documents" VALUES(2000052,30002,'Invoice','invoice','final',0,'2026-11-21','2026-11-21',NULL,NULL,NULL,NULL,600003,'{"id": 600003, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,NULL,0,0,NULL,146018,2,'LOJA','EMURB3KM-2','l/oGwzDgaTVpL2WWrj2Nt9kRv1gtcsk7al5tTVo5v1yzALKSDx3RVTT+MN8nHlvFfmhJSRFSwYHbwbCTIrYpDfgyvOp+iXgI4q4yCaBYN2uCdIcsV4AV6f6Wdg5g5Xxp5oIFVEdYLB3pIon6UXDRU+jnn1AxxwWuSnFbZryt6x8=','2026-11-21T13:49:32+00:00',NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro
2/loja
loja/2',3);
INSERT INTO "documents" VALUES(2000053,30002,'Receipt','invoice','final',0,'2026-11-21','2026-11-21',NULL,NULL,NULL,NULL,600003,'{"id": 600003, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,NULL,0,0,NULL,146021,1,'LOJA','EMU6SG3X-1',NULL,'2026-11-21T13:49:32+00:00',NULL,NULL,5000,0,5000,0,5000,'2/loja
loja/2
1/loja
loja/1',2);
INSERT INTO "documents" VALUES(2000054,30002,'CreditNote','invoice','final',0,'2026-11-21','2026-11-21',NULL,NULL,NULL,NULL,600003,'{"id": 600003, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,2000052,0,0,NULL,146023,1,'LOJA','EMU3J3CP-1','s2tQ8thIf8jgDkQR9UCYCn1Q5fXfRtilCQq9IHx2GV7Vipo5gaYTKOyWwR1PuHyCiUGFlLD6hxRSZucG4Q6fCQ8jaXgG2HTbclxFM67dX9S9PGptckSG2fmW/IL2MT0Z/RPTYoC9FLrbo3QyKe8w2uGa6b/ua/a8cN0Anl927n0=','2026-11-21T13:49:32+00:00',NULL,NULL,999,0,999,60,1059,'livro
1/loja
loja/1',3);
INSERT INTO "documents" VALUES(2000055,30002,'Invoice','invoice','canceled',0,'2026-11-21','2026-11-21',NULL,NULL,NULL,NULL,600003,'{"id": 600003, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,NULL,0,0,NULL,146018,3,'LOJA','EMURB3KM-3','NlKMPQWcbX3GDTyh/GAM8nFrA+PclWy0TnYefNvmkvh43qqBe/fkGp6zfjfETGvd4lAkucgD2lRJ4jrCXNQW9jDrBD069geyTyTN/Nsp0BiqP49F1aqy6M7mpkt++NnG9UkeU6So8u3JaiBRWylI7l5fsmB22oNS4+4Q+EIhrXM=','2026-11-21T13:49:32+00:00','Engano','2026-11-21T13:49:32+00:00',17997,0,17997,3630,21627,'trabalho
um dia
livro
3/loja
loja/3',4);
INSERT INTO "documents" VALUES(2000056,30002,'Invoice','invoice','settled',0,'2026-11-21','2026-11-21',NULL,NULL,NULL,NULL,600003,'{"id": 600003, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,NULL,0,0,NULL,146018,4,'LOJA','EMURB3KM-4','kCRvLTZLcw0w/TLEjNNeRf6/XN33966/mFLgEL6sWJ9rCjH21gPiQYV8ILmPFs2T8f46i+qp697mDrBMgnJWWiwwbUc3SsncTkGoYSLW4pYbcH9vXSXRTZfsr+WYSm9Xm3W12OXKNVevrpvAWn5OD1LdI4Twrm3S5uJqm4KpwRk=','2026-11-21T13:49:32+00:00',NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro
4/loja
loja/4',5);
INSERT INTO "documents" VALUES(2000057,30002,'Receipt','invoice','final',0,'2026-11-21','2026-11-21',NULL,NULL,NULL,NULL,600003,'{"id": 600003, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,NULL,0,0,NULL,146021,2,'LOJA','EMU6SG3X-2',NULL,'2026-11-21T13:49:32+00:00',NULL,NULL,21627,0,21627,0,21627,'4/loja
loja/4
2/loja
loja/2',2);
INSERT INTO "documents" VALUES(2000058,30002,'Invoice','invoice','deleted',0,'2026-11-21','2026-11-21',NULL,NULL,NULL,NULL,600003,'{"id": 600003, "name": "Ana Exemplo, Lda.", "code": "ANA", "email": null, "address": null, "city": null, "postal_code": null, "country": null, "fiscal_id": null, "observations": null, "send_options": null}','ana exemplo, lda.
ana',NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,17997,0,17997,3630,21627,'trabalho
um dia
livro',2);
CREATE TABLE initial_balances (
    client_id INTEGER PRIMARY KEY REFERENCES clients (id) ON DELETE CASCADE,
    value INTEGER NOT NULL,
    date TEXT NOT NULL,
    observation TEXT
) STRICT;
INSERT INTO "initial_balances" VALUES(600002,8000,'2026-01-01','Saldo');
INSERT INTO "initial_balances" VALUES(600004,8000,'2026-01-01','Saldo');
CREATE TABLE items (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    description TEXT,
    unit_price TEXT NOT NULL,
    unit TEXT,
    tax_id INTEGER REFERENCES taxes (id) ON DELETE SET NULL,
    UNIQUE (account_id, name)
) STRICT;
INSERT INTO "items" VALUES(400001,30001,'Trabalho','Um dia','100.0000',NULL,70001);
INSERT INTO "items" VALUES(400002,30001,'Livro',NULL,'9.9900',NULL,70003);
INSERT INTO "items" VALUES(400054,30002,'Trabalho','Um dia','100.0000',NULL,70005);
INSERT INTO "items" VALUES(400055,30002,'Livro',NULL,'9.9900',NULL,70007);
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
INSERT INTO "meta" VALUES('seed','7');
INSERT INTO "meta" VALUES('signing_key','11857122310807142515698242356598041226543381034987786277055947821290380771618751953264073338395957324938912990618252754007142327033648818818863552891240717 11354976916461177368556692339556846756933997375793245010949293023532360545105722936321384870417781255715415731780548407462029834036797478221123904402466509');
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
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
INSERT INTO "outbox" VALUES(1,30001,2000001,'2026-10-01T09:00:00+01:00','ana@example.com',NULL,NULL,'Fatura','Segue.',0);
INSERT INTO "outbox" VALUES(2,30002,2000030,'2026-11-21T13:49:32.224885+00:00','ana@example.com',NULL,NULL,'Fatura','Segue.',0);
CREATE TABLE payments (
    receipt_id INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    amount INTEGER NOT NULL,
    mechanism TEXT NOT NULL
) STRICT;
INSERT INTO "payments" VALUES(2000024,2000023,5000,'MB');
INSERT INTO "payments" VALUES(2000028,2000027,21627,'TB');
INSERT INTO "payments" VALUES(2000053,2000052,5000,'MB');
INSERT INTO "payments" VALUES(2000057,2000056,21627,'TB');
CREATE TABLE regularizations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    client_id INTEGER NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    value INTEGER NOT NULL,
    date TEXT NOT NULL,
    observation TEXT,
    is_deleted INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO "regularizations" VALUES(810001,600002,1,1000,'2026-02-01','x',0);
INSERT INTO "regularizations" VALUES(810002,600004,1,1000,'2026-02-01','x',0);
CREATE TABLE renderings (
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    revision INTEGER NOT NULL,
    polls INTEGER NOT NULL,
    first_asked TEXT NOT NULL,
    PRIMARY KEY (document_id, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO "renderings" VALUES(2000015,'at_doc_code',3,1,'2026-10-01T09:01:00+01:00');
INSERT INTO "renderings" VALUES(2000017,'at_doc_code',3,1,'2026-10-01T09:01:00+01:00');
INSERT INTO "renderings" VALUES(2000019,'at_doc_code',3,1,'2026-10-01T09:01:00+01:00');
INSERT INTO "renderings" VALUES(2000044,'at_doc_code',3,1,'2026-11-21T13:49:32.331060+00:00');
INSERT INTO "renderings" VALUES(2000046,'at_doc_code',3,1,'2026-11-21T13:49:32.336365+00:00');
INSERT INTO "renderings" VALUES(2000048,'at_doc_code',3,1,'2026-11-21T13:49:32.340760+00:00');
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
INSERT INTO "series" VALUES(146018,30002,'LOJA',0,1);
INSERT INTO "series" VALUES(146035,30001,'B2026',0,0);
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
INSERT INTO "series_rows" VALUES(146001,146001,'invoice','EMUSD35R',4,'2026-10-01','hOQdF2MDEWRuK/GzEreWX9D2cr/yPX526pM0s8pIOCXzLvxGT7LZo6Gh6xyglXFhqDqee52qd9xNpLpfmeRZ1Zh3HLALdeb4kppy8ykVhQ0MBMqoKNhYB9yAYdhEGca7upxgbLb9N/G6K7kOztCbDSzvABolc8APykwi6GNYYGc=');
INSERT INTO "series_rows" VALUES(146002,146001,'simplified_invoice','EMUMKQMR',1,'2026-10-01','OniJv/vTtGl7ghm5Ywb/rO6ZmVsgpd0GvglR9cMvkRKv3KjrPcqj6Jmv5swYrj8BjSQ4zNGemBs5I8DWEcknM4i0o7O5FU0ixbiA5sQh7NelYCU1FEZHQSttbQ0tmGKAOp4DW5dJ5uFtKJOq5oMCz2ETze2/QD+B44dTk2zfMJM=');
INSERT INTO "series_rows" VALUES(146003,146001,'invoice_receipt','EMUWKNCC',1,'2026-10-01','ueHy0k7vQEfh8Gak+d15+xPuv8AC4th4ldELUSo4vpaZWCdpY9M+f4Vp3vegTOwH8yTsW6SGX9xActGY3s7mUXVgblLg2yoBIBrVC6ijferOjciT2kL2BnVXNpc/xykWq18Ep+HyF9wp9eoq6ZhgKZq92fBwlZ2dcs689pTMAoA=');
INSERT INTO "series_rows" VALUES(146004,146001,'receipt','EMUCKTXP',2,'2026-10-01','');
INSERT INTO "series_rows" VALUES(146005,146001,'debit_note','EMU6QSX8',0,NULL,'');
INSERT INTO "series_rows" VALUES(146006,146001,'credit_note','EMU2B6JK',1,'2026-10-01','gYoIQpdbzzf1Uh7Rhh7RPnZC0Pwr+7E32/y2eqCTXvx+cOTLhzfZtEbGIIT3GDHE4FtZEdwxxDDkDWFE5eotIff/48gUdeAH/+6g11rtBQGX2Rv3B7u+O08RUr2THkbn6cYTYx/OSMyfE/bXYNci/c7iEFUsxqGxkuffueowirA=');
INSERT INTO "series_rows" VALUES(146007,146001,'cash_invoice','EMUGJQML',0,NULL,'');
INSERT INTO "series_rows" VALUES(146008,146001,'vat_moss_invoice',NULL,1,'2026-10-01','ACsi2NfcKdeBvhF7ojBpGFQg0Akc1fX/Z1O5inp8NbpNoUN1g9aT/m0kNYVHDPv068mRUZMgn4v0LMbV32+v/hopdfcVgx+3a69/vv0P+vZKxU8bzddchZ6aiKVBG8YRh1XgjjU3mZyDx5R/bq5eHRSA5oPlPK4g4Ly3QsjCfOs=');
INSERT INTO "series_rows" VALUES(146009,146001,'vat_moss_credit_note',NULL,0,NULL,'');
INSERT INTO "series_rows" VALUES(146010,146001,'vat_moss_receipt',NULL,0,NULL,'');
INSERT INTO "series_rows" VALUES(146011,146001,'purchase_order',NULL,1,'2026-10-01','');
INSERT INTO "series_rows" VALUES(146012,146001,'quote','EMU442PH',1,'2026-10-01','P15OYw66nOmLKR7FkGXmu20vKB9iR+Jpmt+4tXl1vALzlop+STX4mhjoO69r8cSuOOYSQlLcIe/sI9jDjVbADrA9UPlnJEtvPBmJP2GfNUroIYQR5R+bTVc3dzv8qOiNhKjlbDzx3ByUhz0PRrq4Fox/1PTI461s24eZAMYC2KY=');
INSERT INTO "series_rows" VALUES(146013,146001,'proforma','EMUS8BHZ',1,'2026-10-01','p6uzIr8PZr/DfT1J4fbEPQPez5CKDvpaCKLjhAdlrI/2gWgKbjgRtNc1ZrnwadllXLoHTSsEF60M0pOLkgcsE+ZKQSbIAd5XTRWiXOfeZM9taK7HcMGQUCyGA4Jviupf/Jfp6zNdkQo7xA21YYWcxXtBzrEhfn+MzUbDqBzQYFg=');
INSERT INTO "series_rows" VALUES(146014,146001,'fees_note',NULL,1,'2026-10-01','HmcPa5OmJ1/UNeMf+Vmj6DsTFP/LS11F+JusxmrPmK6p5Gy52cNKf1eZcJ1KJ7pxzP+PJRiwZ5aTm0OppcyLpIJCq0Wvn+Oq9P8o3nHahh9kTSCfBvUTovLyhsqLS6738h/DNBD94Z6bDaM62gi+3MYr8ams0M92QFlMpyR1R8U=');
INSERT INTO "series_rows" VALUES(146015,146001,'shipping','EMU9GS8F',1,'2026-10-01','P/NhLW3iaxmDRa8epp2aina/1l8gbcCWEJn9OQY+KTKVQoH7XV59hsHlBmT2deDnTApr+cx0LxA9J8VcXNp1jPbZIbXpYRcNt5667/k592s2UUYR3szl/1lJIyBysjnrVxlYwUUYHxOChdRvnlNc5KuUxfOAPET2Q3kkEd6TDGM=');
INSERT INTO "series_rows" VALUES(146016,146001,'devolution','EMUJB23Q',1,'2026-10-01','GQG7P3qYY88zWXaxRICQ2wTpFaOb5zMYlzZmHTVGVVnbx2cXlWWZzD3KFGpnelxHp5kDB4IditTUEOZDxzolLwGSseWqz7zrK+eigpmQiYCdTqg1j8fmHwHtKaH8ylO9S0fmx/wQdhEvGt7egJ039K/wPiRzgUB1iLtPjijPO0I=');
INSERT INTO "series_rows" VALUES(146017,146001,'transport','EMUSCPX9',1,'2026-10-01','eRk7T26TKtLZzrnBRUQ/8Yj4QrjXdLe5bf6RyHlLbXacSzSuPns2e9oyyVlMaYcSxFnehmKD2iZsCu8ynoXCv/ia6T4se3TUcvOShrzSODp+abLpfSgj6g8qEx6fbXTE5iW+amqc5uHBfW2B9uMdMrgdZJ9qpQAA/YinCPam/co=');
INSERT INTO "series_rows" VALUES(146018,146018,'invoice','EMURB3KM',4,'2026-11-21','kCRvLTZLcw0w/TLEjNNeRf6/XN33966/mFLgEL6sWJ9rCjH21gPiQYV8ILmPFs2T8f46i+qp697mDrBMgnJWWiwwbUc3SsncTkGoYSLW4pYbcH9vXSXRTZfsr+WYSm9Xm3W12OXKNVevrpvAWn5OD1LdI4Twrm3S5uJqm4KpwRk=');
INSERT INTO "series_rows" VALUES(146019,146018,'simplified_invoice','EMUGN24Z',1,'2026-11-21','tEfgZPU9EsRVhT5HWoKIbZs0GoghB1cGu9A7JMk8qGqRTmf+esfjvpuo6r0ei+3zGZ++FV/HLu7fUXWPG3H4IpWwRq7dFxRlbJQXVJxIgxRP65U18YS7I9qQZtUnVzP280ehzQ3CJE+BeOTicaWbkhXO5UJ8smuttnsyls+M/qc=');
INSERT INTO "series_rows" VALUES(146020,146018,'invoice_receipt','EMURZ2LV',1,'2026-11-21','Sm2hjUeJNOa7p9iCVeNcjUjGxwZuQX63g1/bkcy58DCZh4BU4PjRC5KhzE0pjV4CpOCpcIdslPWjnJzW9hIe79M1re2JWtQRoYAdcn0q7KggPZTErWcuUjFx+Qz66i+G6wHCHmLHV+6F6XHKLOZCy4WYYSFlqf5Etbw4OAT3YFs=');
INSERT INTO "series_rows" VALUES(146021,146018,'receipt','EMU6SG3X',2,'2026-11-21','');
INSERT INTO "series_rows" VALUES(146022,146018,'debit_note','EMU7MPKM',0,NULL,'');
INSERT INTO "series_rows" VALUES(146023,146018,'credit_note','EMU3J3CP',1,'2026-11-21','s2tQ8thIf8jgDkQR9UCYCn1Q5fXfRtilCQq9IHx2GV7Vipo5gaYTKOyWwR1PuHyCiUGFlLD6hxRSZucG4Q6fCQ8jaXgG2HTbclxFM67dX9S9PGptckSG2fmW/IL2MT0Z/RPTYoC9FLrbo3QyKe8w2uGa6b/ua/a8cN0Anl927n0=');
INSERT INTO "series_rows" VALUES(146024,146018,'cash_invoice','EMUL5BJL',0,NULL,'');
INSERT INTO "series_rows" VALUES(146025,146018,'vat_moss_invoice',NULL,1,'2026-11-21','TFYOZ4gMfXx9QEASqsMUpuJt2OOJ1E5fjaUb5UQfaZNDA1qOctbylWJGORSr/WUOlE34ZFnzEIXKs7HCjgm3GjxBAJkyvO5P66K5s31+agZ050NeoVJ2hwvK/XFCdLX+wNvwCfclFGUYNugv0j3soKal7wMNA60FoOFwI+uK/RM=');
INSERT INTO "series_rows" VALUES(146026,146018,'vat_moss_credit_note',NULL,0,NULL,'');
INSERT INTO "series_rows" VALUES(146027,146018,'vat_moss_receipt',NULL,0,NULL,'');
INSERT INTO "series_rows" VALUES(146028,146018,'purchase_order',NULL,1,'2026-11-21','');
INSERT INTO "series_rows" VALUES(146029,146018,'quote','EMU98WMF',1,'2026-11-21','Fy3InhVpVN+6Fpw9/a2uDkwQuHevtzeELwHSka8G1EKz9NjA4S/SbH4M80CmVE02EQRfHjALzNSfIJuFVliYCqH/UDrdiPkL0qqOc3dABMHBL5N70xgrBUBCnPoZc01PRObvPTQKOarO4wRT8ZBLzvv+flBwT321+6dh5qAkkZU=');
INSERT INTO "series_rows" VALUES(146030,146018,'proforma','EMU63LP9',1,'2026-11-21','sk0c30LtyQxnSgGsSwpaop4p57lBZJgxlZadrXCnH2MYzg3TPqDcoTy94/9jpr8mniA2zR6S7wIOUmjbSTmTBQ8A3f/MOH5XBl8iE8hMO3GnEy7cjmV3mkd9UcarIeQrFTnEBdV1RnUsT7DEgbjan7Q7GJFyZU0KrpFbska37pg=');
INSERT INTO "series_rows" VALUES(146031,146018,'fees_note',NULL,1,'2026-11-21','pIpcPRAtD45wlMNw095QuuaKNfwzU9OgyWRs6stB1OkBZZW45GwapLY1/EqtX1kTksQ4UZF91Top4YU3yEuxc3KueWpAIdnG6DFkV1mJDGHV9LXNTWKXqjkF1gZQKHxEr2poKbNlAdXd+a6NX7FGbi3E+avkdkQi294u93rJ9IU=');
INSERT INTO "series_rows" VALUES(146032,146018,'shipping','EMU9ZSTJ',1,'2026-11-21','a2mCW7XZmnxlj+p1nUBOcorHieiacpMJGOpa6lX1mYwAScDJeu5m6eWT2JFbm2/M79adVzOlUt5gFgSRqttd+TyijGF37mZMYp9preNqDxXQurpyoacpi0x5Rd4UGJRlrEkjv9FxCi7yj8V2RrkiWe2vOaA5r/c4ZzqxJP3XJGo=');
INSERT INTO "series_rows" VALUES(146033,146018,'devolution','EMUM92P7',1,'2026-11-21','ZDAcT80iAzZddQw3sN1HU3r7qj9P4O5sPc1orKO3XMlXGpdLIqeFz4GFQzwAQ9WrO0NPiplPJtjjch1pi4lF7IG/pn4lJ6FdF0LSIvar0r80CztnYqOUgzkgK7PvoLphYJ6sEr8L0Ikivp83NYtKbp40NyGKTMxnDvL4QgzaaNc=');
INSERT INTO "series_rows" VALUES(146034,146018,'transport','EMUTP85B',1,'2026-11-21','N7gweeplfqivAngw6nR+tqv/fgK/ENcV3G8IzEKtLmw5UDlT7j0CX//sOrYsD5mNakN6f0dSVGM9zotcDSdKlRkZG0viu8imifof5d3kee02PEqWWv7PNLT0j2rLZ1z901vWGOCFat1S8lGcGS8KFJuZsHiCBvR6gwl66hHrCQw=');
INSERT INTO "series_rows" VALUES(146035,146035,'invoice','EMUJCLKX',0,NULL,'');
INSERT INTO "series_rows" VALUES(146036,146035,'simplified_invoice','EMU77VGM',0,NULL,'');
INSERT INTO "series_rows" VALUES(146037,146035,'invoice_receipt','EMUGJRH9',0,NULL,'');
INSERT INTO "series_rows" VALUES(146038,146035,'receipt','EMU858PN',0,NULL,'');
INSERT INTO "series_rows" VALUES(146039,146035,'debit_note','EMUZJGD6',0,NULL,'');
INSERT INTO "series_rows" VALUES(146040,146035,'credit_note','EMUJNBPF',0,NULL,'');
INSERT INTO "series_rows" VALUES(146041,146035,'cash_invoice','EMU8856W',0,NULL,'');
INSERT INTO "series_rows" VALUES(146042,146035,'vat_moss_invoice',NULL,0,NULL,'');
INSERT INTO "series_rows" VALUES(146043,146035,'vat_moss_credit_note',NULL,0,NULL,'');
INSERT INTO "series_rows" VALUES(146044,146035,'vat_moss_receipt',NULL,0,NULL,'');
INSERT INTO "series_rows" VALUES(146045,146035,'purchase_order',NULL,0,NULL,'');
INSERT INTO "series_rows" VALUES(146046,146035,'quote','EMUK3FD3',0,NULL,'');
INSERT INTO "series_rows" VALUES(146047,146035,'proforma','EMUGZT5M',0,NULL,'');
INSERT INTO "series_rows" VALUES(146048,146035,'fees_note',NULL,0,NULL,'');
INSERT INTO "series_rows" VALUES(146049,146035,'shipping','EMUK782L',0,NULL,'');
INSERT INTO "series_rows" VALUES(146050,146035,'devolution','EMU42SBR',0,NULL,'');
INSERT INTO "series_rows" VALUES(146051,146035,'transport','EMUCQR38',0,NULL,'');
CREATE TABLE taxes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
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
INSERT INTO "taxes" VALUES(70005,30002,'IVA23','23.0','PT','NOR',1);
INSERT INTO "taxes" VALUES(70006,30002,'IVA13','13.0','PT','INT',0);
INSERT INTO "taxes" VALUES(70007,30002,'IVA6','6.0','PT','RED',0);
INSERT INTO "taxes" VALUES(70008,30002,'Isento','0.0','PT','ISE',0);
CREATE TABLE treasury_movements (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    client_id INTEGER NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
    movement_type TEXT NOT NULL,
    value INTEGER NOT NULL,
    payment_method TEXT NOT NULL,
    date TEXT NOT NULL,
    serie TEXT,
    observation TEXT
) STRICT;
INSERT INTO "treasury_movements" VALUES(910001,600002,'Reimbursement',500,'TB','2026-03-01',NULL,NULL);
INSERT INTO "treasury_movements" VALUES(910002,600004,'Reimbursement',500,'TB','2026-03-01',NULL,NULL);
CREATE INDEX accounts_by_partner ON accounts (created_by) WHERE created_by IS NOT NULL;
CREATE INDEX clients_by_fiscal_id ON clients (account_id, fiscal_id);
CREATE INDEX items_by_tax ON items (tax_id);
CREATE INDEX documents_by_family ON documents (account_id, family, status);
CREATE INDEX documents_by_type ON documents (account_id, type, status);
CREATE INDEX documents_by_date ON documents (account_id, family, date);
CREATE INDEX documents_by_due_date ON documents (account_id, family, due_date);
CREATE INDEX documents_by_amount ON documents (account_id, family, before_taxes);
CREATE INDEX documents_by_reference ON documents (account_id, reference);
CREATE INDEX documents_by_client ON documents (client_id);
CREATE INDEX documents_by_owner ON documents (owner_id) WHERE owner_id IS NOT NULL;
CREATE UNIQUE INDEX documents_by_uid ON documents (account_id, proprietary_uid)
    WHERE proprietary_uid IS NOT NULL AND status NOT IN ('canceled', 'deleted');
CREATE UNIQUE INDEX documents_by_number ON documents (series_row_id, number) WHERE number IS NOT NULL;
CREATE INDEX lines_by_item ON document_lines (item_id) WHERE item_id IS NOT NULL;
CREATE INDEX deliveries_by_loading ON deliveries (loaded_at) WHERE loaded_at IS NOT NULL;
CREATE INDEX payments_by_document ON payments (document_id);
CREATE INDEX regularizations_by_client ON regularizations (client_id);
CREATE INDEX movements_by_client ON treasury_movements (client_id);
CREATE INDEX outbox_by_account ON outbox (account_id);
CREATE INDEX outbox_by_document ON outbox (document_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('taxes',70008);
INSERT INTO "sqlite_sequence" VALUES('clients',600004);
INSERT INTO "sqlite_sequence" VALUES('items',400106);
INSERT INTO "sqlite_sequence" VALUES('documents',2000058);
INSERT INTO "sqlite_sequence" VALUES('outbox',2);
INSERT INTO "sqlite_sequence" VALUES('accounts',30002);
INSERT INTO "sqlite_sequence" VALUES('regularizations',810002);
INSERT INTO "sqlite_sequence" VALUES('treasury_movements',910002);
COMMIT;
