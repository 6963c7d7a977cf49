"""The words of the example *bank in two weekends*: its areas, what is moved in each, and how the work goes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the bank: the application that holds it, and what is moved there."""

    code: str
    name: str
    application: str
    things: tuple[str, ...]


AREAS = (
    Area("PAY", "Payments", "PAYHUB", (
        "SEPA credit transfers", "SEPA direct debits", "instant payments", "SWIFT messages", "standing orders",
        "bulk files of companies", "returns and recalls", "payment templates",
    )),
    Area("ACC", "Current accounts", "CORE", (
        "account masters", "balances", "overdraft limits", "holds and liens", "joint holders", "mandates",
        "dormant accounts", "statement settings",
    )),
    Area("SAV", "Savings", "CORE", (
        "instant-access savings", "notice accounts", "fixed terms", "interest rates", "savings plans",
        "tax exemptions", "youth accounts", "maturity instructions",
    )),
    Area("CAR", "Cards", "CARDS", (
        "debit cards", "credit cards", "card limits", "open authorisations", "disputes", "PIN blocks",
        "tokens of wallets", "loyalty points",
    )),
    Area("LEN", "Consumer lending", "LOANS", (
        "instalment loans", "arrears", "repayment plans", "collateral", "interest accruals", "insurance links",
        "deferrals", "early repayments",
    )),
    Area("MOR", "Mortgages", "LOANS", (
        "mortgage contracts", "land charges", "fixed-rate periods", "disbursements", "valuations", "subsidised loans",
        "forward loans", "escrow balances",
    )),
    Area("SEC", "Securities", "CUSTODY", (
        "custody accounts", "holdings", "open orders", "corporate actions", "savings plans in funds", "tax lots",
        "price feeds", "settlement instructions",
    )),
    Area("TRE", "Treasury", "TREASURY", (
        "money-market deals", "repos", "FX deals", "interest-rate swaps", "liquidity positions",
        "central-bank accounts", "collateral pools", "limits of counterparties",
    )),
    Area("GLE", "General ledger", "LEDGER", (
        "chart of accounts", "opening balances", "sub-ledgers", "cost centres", "accruals", "suspense accounts",
        "intercompany items", "closing calendar",
    )),
    Area("REG", "Regulatory reporting", "REPORTS", (
        "capital figures", "large exposures", "liquidity ratios", "statistics of balances", "AnaCredit records",
        "deposit protection file", "tax certificates", "account register",
    )),
    Area("CRM", "Customers", "CRM", (
        "natural persons", "companies", "beneficial owners", "addresses", "consents", "risk classes", "documents",
        "contact histories",
    )),
    Area("CHA", "Online and mobile", "CHANNELS", (
        "online banking users", "app registrations", "second factors", "payees", "inbox messages",
        "power users of companies", "screen texts", "alerts",
    )),
    Area("BRA", "Branches", "CHANNELS", (
        "teller desks", "vault balances", "safe deposit boxes", "cheque books", "appointment diaries",
        "branch printers", "queue systems", "signature cards",
    )),
    Area("ATM", "Cash machines", "CARDS", (
        "cash machines", "deposit machines", "statement printers", "cash cassettes", "terminal keys", "routing tables",
        "fee tables", "monitoring agents",
    )),
    Area("DWH", "Data warehouse", "REPORTS", (
        "customer marts", "account marts", "transaction history", "risk marts", "dashboards", "extracts for audit",
        "reference data", "job chains",
    )),
    Area("IDM", "Access and identities", "DIRECTORY", (
        "staff roles", "technical users", "certificates", "hardware keys", "approval matrices", "emergency accounts",
        "partner access", "session policies",
    )),
)  # fmt: skip

APPLICATIONS = {
    "CORE": "Core banking",
    "PAYHUB": "Payments hub",
    "CARDS": "Card management",
    "LOANS": "Loan servicing",
    "CUSTODY": "Custody and brokerage",
    "TREASURY": "Treasury management",
    "LEDGER": "General ledger",
    "REPORTS": "Reporting platform",
    "CRM": "Customer master",
    "CHANNELS": "Channels",
    "DIRECTORY": "Directory services",
    "OLDCORE": "Old core system",
}

CENTRAL_TEAMS = {
    "CUT": "Cutover office",
    "DBO": "Databases, new core",
    "DBH": "Databases, host",
    "HOST": "Host operations",
    "NET": "Networks",
    "ITS": "IT security",
    "DESK": "Service desk",
    "COM": "Communications",
    "AUD": "Internal audit",
    "RISK": "Risk control",
    "FIN": "Finance control",
    "REL": "Release management",
}

AREA_TEAMS = {"I": "IT", "O": "operations", "B": "business"}
"""Letter and word of the three teams that each area has."""


@dataclass(frozen=True, slots=True)
class Move:
    """A way of working a chapter follows: what comes first, what is done for each thing, what comes last.

    Each line is (type, team letter or code, minutes, words); `{thing}`, `{area}` and `{app}` are filled in.
    """

    name: str
    first: tuple[tuple[str, str, int, str], ...]
    each: tuple[tuple[str, str, int, str], ...]
    last: tuple[tuple[str, str, int, str], ...]
    label: str
    role: str


MOVES = {
    "freeze": Move(
        "Freeze {area}",
        (("PRE", "O", 20, "Announce the freeze of {area} to all desks"),
         ("TRT", "I", 15, "Stop the interfaces that write to {area}")),
        (("TRT", "I", 25, "Lock {thing} in the old core"), ("REC", "O", 10, "Count {thing} after the lock")),
        (("SYS", "DBH", 60, "Back up the old {area} files"),
         ("REC", "O", 30, "Take the control totals of {area}"),
         ("CTL", "B", 15, "Confirm that {area} stands still")),
        "freeze", "OLD",
    ),
    "extract": Move(
        "Extract {area}",
        (("SYS", "DBH", 20, "Open the extract window of {area}"),),
        (("LOD", "I", 45, "Extract {thing}"), ("REC", "O", 20, "Count {thing} while they are extracted")),
        (("TRT", "DBO", 30, "Transfer the {area} files and compare their checksums"),
         ("DUM", "", 0, "{area} is extracted")),
        "data", "OLD",
    ),
    "load": Move(
        "Load {area}",
        (("SYS", "DBO", 15, "Take the indexes of {area} offline in {app}"),),
        (("LOD", "I", 55, "Load {thing} into {app}"), ("REC", "O", 25, "Check the rejected rows of {thing}")),
        (("SYS", "DBO", 40, "Build the indexes of {area} and gather statistics"),
         ("DUM", "", 0, "{area} is loaded")),
        "data", "NEW",
    ),
    "reconcile": Move(
        "Reconcile {area}",
        (("REC", "O", 20, "Compare the counts of {area}, old against new"),),
        (("REC", "B", 35, "Reconcile {thing}"), ("REC", "O", 25, "Explain the differences in {thing}")),
        (("REC", "FIN", 30, "Agree the control totals of {area}"),
         ("CTL", "AUD", 20, "Look at the evidence for {area}"),
         ("BGO", "B", 15, "Is {area} reconciled?")),
        "proof", "NEW",
    ),
    "connect": Move(
        "Connect {area}",
        (("TRT", "NET", 20, "Open the firewalls between {app} and its partners"),
         ("SYS", "ITS", 20, "Put the certificates of {area} in place")),
        (("SWT", "I", 25, "Switch the interface for {thing}"),
         ("TRT", "O", 15, "Send one test message for {thing}")),
        (("TRT", "I", 30, "Send one test message through each interface of {area}"),
         ("CTL", "O", 20, "Confirm the receipts of the partners for {area}")),
        "interfaces", "NEW",
    ),
    "prove": Move(
        "Prove {area}",
        (("PRE", "O", 15, "Hand out the test cases of {area}"),),
        (("BUS", "B", 40, "Run the smoke tests for {thing}"),),
        (("TRT", "I", 45, "Mend what the smoke tests of {area} found"),
         ("BUS", "B", 25, "Repeat what had failed in {area}"),
         ("CTL", "B", 15, "Sign for {area}")),
        "proof", "NEW",
    ),
    "open": Move(
        "Open {area}",
        (("PRE", "COM", 20, "Tell the desks that {area} opens"),),
        (("SWT", "O", 15, "Open {thing} for customers"),
         ("BUS", "B", 20, "Do a first real case of {thing}")),
        (("BUS", "B", 60, "Watch the first hour of {area}"),
         ("PRE", "DESK", 30, "Sum up the calls about {area}")),
        "opening", "NEW",
    ),
    "back": Move(
        "Back to the old {area}",
        (("TRT", "I", 15, "Stop the new {area}"),),
        (("SWT", "I", 20, "Switch {thing} back to the old core"),),
        (("REC", "O", 30, "Compare the totals of {area} with those of the freeze"),
         ("CTL", "B", 15, "Confirm that the old {area} works")),
        "rollback", "OLD",
    ),
}  # fmt: skip

HOW = (
    "Take the list for {thing} from the cutover folder and follow it from top to bottom.",
    "Work as four eyes: one types, the other reads aloud what stands in the list.",
    "Write down the start, the end and the number of records in the protocol.",
    "If a number differs from the expected one, stop, say so as a problem, and touch nothing more.",
    "The job's name begins with MIG_{area}; its log is kept for the auditors.",
    "Do not delete anything: what is not needed any more is archived after the second weekend.",
    "Expect a pause of some minutes between two packages: the load is throttled on purpose.",
    "Call the cutover office before you repeat a job that has ended with an error.",
    "Nobody works on {app} outside this step while it is in progress.",
    "Compare with the protocol of the last rehearsal: more than a tenth off is worth a call.",
)

TASKS = {
    "LOD": (
        "Job ended without an error",
        "Number of records noted",
        "Rejected rows saved",
        "Log put into the folder",
    ),
    "REC": ("Counts agree", "Sums agree", "Differences explained in writing", "Evidence put into the folder"),
    "SWT": ("Old route closed", "New route open", "One message seen at the other end"),
    "TRT": ("Done as in the list", "Result noted in the protocol", "Colleague has looked"),
    "SYS": ("Job ended without an error", "Monitoring is quiet", "Space is sufficient"),
    "PRE": ("Everybody concerned was reached", "Answers noted"),
    "BUS": ("Every case run", "Failures noted with a picture", "Result signed"),
    "CTL": ("Evidence seen", "Decision noted"),
}

CONTROLS = (
    ("Counts of {area} agree, old against new", True),
    ("Sums of {area} agree to the cent", True),
    ("Rejected rows of {area} are explained", False),
    ("Four eyes on every switch in {area}", False),
    ("Access to {area} is back to normal", False),
)
