"""What is sold: prices, costs, and how well a rep can sell a product to a buyer."""

from simulation.averages import mean
from simulation.compiled import compiled
from simulation.elementary import log
from simulation.randomness import Purpose, normal_from, uniform

EASY = 0  # the first of a company's products: the one everybody can sell


@compiled
def list_price(company, lead):
    """List price of the product pitched to a lead, EUR/year; of the first product before anything was pitched.

    Worked number: a prospect of 20,000 and a product of price 1.2 make 24,000.
    """
    row = company.lead[lead]
    return row.value * company.product[max(EASY, row.product)].price


@compiled
def delivery_cost(company, lead):
    """What it costs to deliver that product for a year, EUR, whatever the customer pays for it.

    Worked number: a product worth 24,000 to its buyer at a gross margin of 75 % costs 6,000, whatever its price.
    """
    product = company.product[max(EASY, company.lead[lead].product)]
    return company.lead[lead].value * product.worth * (1.0 - product.gross_margin)


@compiled
def dearness(company, lead):
    """How much dearer than it is worth, in logs, the list price of the product pitched to a lead is.

    Worked number: a price of 1.1 for what is worth 1 is 0.095.
    """
    product = company.product[max(EASY, company.lead[lead].product)]
    return log(product.price / product.worth)


@compiled
def overpaid(company, lead):
    """How much more than a product is worth, in logs, a customer pays for it; 0 where it pays no more than that."""
    row = company.lead[lead]
    return max(0.0, log(row.price / (row.value * company.product[max(EASY, row.product)].worth)))


@compiled
def plan_margin(company):
    """Gross margin, 0 to 1, that pay by margin supposes: the mean of all products at list price."""
    return mean(company.product.gross_margin)


@compiled
def knowledge(company, rep, lead):
    """How far a rep can show what a product that needs training does, 0 to 1: own training, and aids at hand.

    Worked number: training 0.4 and a case that shows half of the rest give 0.7.
    """
    training = company.rep[rep].training
    if company.lead[lead].is_aided:
        training += company.rules[0].behaviour.deals.aid_shows * (1.0 - training)
    return training


@compiled
def attraction(company, rep, lead):
    """What the pitched product adds to the log-odds of a win with this buyer, sold by this rep."""
    row, product = company.lead[lead], company.product[max(EASY, company.lead[lead].product)]
    return product.appeal + row.taste - product.untrained_loss * (1.0 - knowledge(company, rep, lead))


@compiled
def taste(company, lead, product):
    """How much more, or less, than others this buyer likes one of several products, log-odds; 0 if there is one."""
    n_products = company.product.shape[0]
    if n_products == 1:
        return 0.0
    u = uniform(company.world[0].seed, Purpose.TASTE, lead, product)
    return company.rules[0].behaviour.deals.taste_sd * normal_from(u)


@compiled
def pitch(company, lead, product, liking):
    """A product is pitched to a lead, who likes it so much more or less than others do, log-odds."""
    row = company.lead[lead]
    row.product, row.taste = product, liking
