"""Customers, suppliers and goods of the made-up company: names and places that cannot be mistaken for real.

Tax numbers have the prefix 96, which is never assigned (people have 1 to 3, companies 5, public bodies 6,
others 45, 7x, 8, 90, 91, 98 and 99), with a right check digit; private people have none, or 999999990, that
of the final consumer. Foreign numbers are zeros. Postal codes begin with 0, and addresses of e-mail end in
`.example`, which is reserved (RFC 2606).
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from stdnum.pt import nif

from ...fiscal.fiscal_ids import FINAL_CONSUMER

Region = Literal["mainland", "azores", "madeira", "europe", "world"]


class Customer(NamedTuple):
    """A customer or a supplier; an invoice is due after `payment_days`."""

    name: str
    code: str
    fiscal_id: str | None
    street: str
    city: str
    country: str = "Portugal"
    region: Region = "mainland"
    payment_days: int = 30
    email: str | None = None


class Good(NamedTuple):
    """Goods or a service; `price` in EUR before VAT, `rate` normal, intermediate or reduced."""

    name: str
    description: str
    price: str
    unit: Literal["unit", "hour", "month", "service"]
    rate: Literal["NOR", "INT", "RED"] = "NOR"


_UNION: Final = ("Germany", "France", "Spain")


def _number(order: int) -> str:
    digits = f"96{order:06d}"
    return digits + nif.calc_check_digit(digits)


def _company(
    order: int,
    name: str,
    street: str,
    city: str,
    *,
    region: Region = "mainland",
    payment_days: int = 30,
) -> Customer:
    mail = f"contabilidade@empresa{order}.example"
    return Customer(
        name, f"E{order:03d}", _number(order), street, city,
        region=region, payment_days=payment_days, email=mail,
    )  # read by rows # fmt: skip


def _person(order: int, name: str, city: str, fiscal_id: str | None = None) -> Customer:
    mail = f"{name.partition(' ')[0].lower()}@pessoa{order}.example"
    return Customer(
        name, f"P{order:03d}", fiscal_id, f"Travessa do Faz de Conta, {order}", city,
        payment_days=0, email=mail,
    )  # read by rows # fmt: skip


def _foreigner(
    order: int, name: str, street: str, city: str, country: str, *, fiscal_id: str | None = None
) -> Customer:
    region: Region = "europe" if country in _UNION else "world"
    mail = f"accounts@firm{order}.example"
    return Customer(name, f"X{order:03d}", fiscal_id, street, city, country, region, 45, mail)


COMPANIES: Final = (
    _company(101, "Padaria Faz de Conta, Lda.", "Rua do Pão Inventado, 12", "Vila Imaginária"),
    _company(102, "Hotel Miragem Fictícia, S.A.", "Avenida da Praia que Não Há, 1", "Porto Suposto",
             payment_days=60),
    _company(103, "Restaurante O Inventado, Lda.", "Largo da Sopa de Pedra, 4", "Vila Imaginária"),
    _company(104, "Farmácia Imaginária, Unipessoal Lda.", "Rua do Remédio Santo, 33", "Santa Invenção"),
    _company(105, "Clínica Dentária Quimera, Lda.", "Praça do Dente de Leite, 7", "Santa Invenção"),
    _company(106, "Oficina do Senhor Ninguém, Lda.", "Estrada de Lado Nenhum, km 0", "Nenhures"),
    _company(107, "Livraria Sem Páginas, Lda.", "Rua das Folhas Soltas, 90", "Porto Suposto"),
    _company(108, "Construções Castelo no Ar, S.A.", "Avenida das Nuvens, 1000", "Nenhures", payment_days=60),
    _company(109, "Agência de Viagens Lugar Nenhum, Lda.", "Rua da Partida Adiada, 8", "Vila Imaginária"),
    _company(110, "Escola de Línguas Babel Fictícia, Lda.", "Rua do Ditado, 21", "Santa Invenção"),
    _company(111, "Ginásio Força de Papel, Lda.", "Rua do Último Fôlego, 5", "Porto Suposto"),
    _company(112, "Florista Pétala Suposta, Unipessoal Lda.", "Beco das Flores Secas, 2", "Nenhures"),
    _company(113, "Azulejos Quimera dos Açores, Lda.", "Rua da Ilha Encantada, 9", "Ilha Inventada",
             region="azores"),
    _company(114, "Pensão Nevoeiro Fictício, Lda.", "Canada do Nevoeiro, 14", "Ilha Inventada",
             region="azores"),
    _company(115, "Bordados Miragem da Madeira, Lda.", "Caminho da Levada Seca, 3", "Funchal de Papel",
             region="madeira"),
    _company(116, "Quinta do Bananal Suposto, Lda.", "Vereda do Bananal, 27", "Funchal de Papel",
             region="madeira"),
)  # read by rows # fmt: skip

PEOPLE: Final = (
    _person(1, "Ana Exemplo", "Vila Imaginária"),
    _person(2, "Bruno Inventado", "Porto Suposto", FINAL_CONSUMER),
    _person(3, "Carla Suposta", "Santa Invenção"),
    _person(4, "Duarte Hipotético", "Nenhures"),
    _person(5, "Eva Fictícia", "Vila Imaginária", FINAL_CONSUMER),
    _person(6, "Filipe Faz de Conta", "Porto Suposto"),
)

FOREIGNERS: Final = (
    _foreigner(1, "Beispielhaus Fiktiv GmbH", "Musterstraße 0", "Musterstadt", "Germany",
               fiscal_id="DE000000000"),
    _foreigner(2, "Société Imaginaire SARL", "Rue de Nulle Part 0", "Villefictive", "France"),
    _foreigner(3, "Ejemplo Ficticio, S.L.", "Calle de la Nada 0", "Ciudad Inventada", "Spain",
               fiscal_id="ESX0000000T"),
    _foreigner(4, "Nowhere Coffee Inc.", "0 Imaginary Avenue", "Nowhere", "United States"),
    _foreigner(5, "Comércio Imaginário de Angola, Lda.", "Rua que Não Há, 0", "Cidade Suposta", "Angola"),
)  # read by rows # fmt: skip

READER: Final = Customer(
    "Max Mustermann", "X100", None, "Musterweg 0", "Musterstadt", "Germany", "europe", 0, "max@leser.example"
)
"""A consumer in another country of the Union, who buys electronic services."""


def _supplier(order: int, name: str) -> Customer:
    return Customer(
        name, f"F{order:03d}", _number(200 + order), f"Zona Industrial Suposta, lote {order}", "Nenhures",
        email=f"vendas@fornecedor{order}.example",
    )  # read by rows # fmt: skip


SUPPLIERS: Final = (
    _supplier(1, "Torrefação Grão de Nada, Lda."),
    _supplier(2, "Embalagens Caixa Vazia, Lda."),
    _supplier(3, "Máquinas Vapor Imaginário, S.A."),
)

GOODS: Final = (
    Good("Café em grão Quimera 1 kg", "Torra média, lote da casa", "18.90", "unit"),
    Good("Café moído Quimera 250 g", "Para máquina expresso", "5.4500", "unit"),
    Good("Café descafeinado Miragem 1 kg", "Processo de água", "21.35", "unit"),
    Good("Chá preto Nevoeiro 100 g", "Folha inteira", "7.2", "unit"),
    Good("Chávena Nuvem, caixa de 6", "Porcelana branca, 70 ml", "24.5", "unit"),
    Good("Máquina expresso Vapor 2", "Dois grupos, com depósito", "1890", "unit"),
    Good("Moinho Vapor 1", "Mós planas de 64 mm", "349.99", "unit"),
    Good("Filtro de água Fonte Suposta", "Para 10 000 chávenas", "64.15", "unit"),
    Good("Sumo de laranja 1 l", "Sem açúcar adicionado", "2.1333", "unit", "INT"),
    Good("Água do Nenhures 0,5 l, 24 garrafas", "Lisa, de nascente", "6.99", "unit", "INT"),
    Good("Pão de forma para tostas", "Fatias grossas, 1 kg", "3.15", "unit", "RED"),
    Good("Leite meio-gordo 1 l, 6 pacotes", "Longa duração", "5.34", "unit", "RED"),
    Good("Livro «Cem cafés que ninguém bebeu»", "Capa dura, 212 páginas", "22.55", "unit", "RED"),
)

SERVICES: Final = (
    Good("Manutenção de máquina", "Visita, com limpeza e calibração", "47.5", "hour"),
    Good("Formação de baristas", "No local, até seis pessoas", "65", "hour"),
    Good("Consultoria de carta", "Escolha de lotes e preços", "82.25", "hour"),
    Good("Entrega urgente", "No próprio dia", "9.9", "service"),
)

RENTAL: Final = Good("Aluguer de máquina expresso", "Com manutenção e filtros", "79.9", "month")
EBOOK: Final = Good("E-book «Café sem café»", "Ficheiro EPUB", "11.75", "unit")
