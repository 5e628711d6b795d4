export function keepFigures(figures: Readonly<Record<string, number | string>>): void;
