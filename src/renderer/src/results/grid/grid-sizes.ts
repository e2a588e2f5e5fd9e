export const rowHeight = 26;
export const headerHeight = 42;
export const rowNumberWidth = 64;
