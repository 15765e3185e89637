/** Numbers as a language writes them. */
export class Formats {
  private readonly whole: Intl.NumberFormat;
  private readonly one: Intl.NumberFormat;
  private readonly share: Intl.NumberFormat;
  private readonly euros: Intl.NumberFormat;
  private readonly millions: Intl.NumberFormat;
  constructor(readonly language: string) {
    this.whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
    this.one = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
    this.share = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
    this.euros = new Intl.NumberFormat(language, { style: "currency", currency: "EUR", maximumFractionDigits: 0 });
    const compact = { style: "currency", currency: "EUR", notation: "compact", maximumSignificantDigits: 3 };
    this.millions = new Intl.NumberFormat(language, compact as Intl.NumberFormatOptions);
  }
  number(value: number): string {
    return this.whole.format(value);
  }
  decimal(value: number): string {
    return this.one.format(value);
  }
  /** A value of a lever, as exactly as it was set. */
  exact(value: number): string {
    return new Intl.NumberFormat(this.language, { maximumSignificantDigits: 6 }).format(value);
  }
  percent(value: number): string {
    return value === value ? this.share.format(value) : "–";
  }
  /** A share that is estimated: never none, and never all. */
  estimated(value: number): string {
    if (value < 0.005) return `<${this.share.format(0.01)}`;
    return value > 0.995 ? `>${this.share.format(0.99)}` : this.percent(value);
  }
  euro(value: number): string {
    return this.euros.format(value);
  }
  money(value: number): string {
    return this.millions.format(value);
  }
}
