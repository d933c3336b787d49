/** For labs in which no client is cut off. */
export const noWires = {
  cut: () => {},
  open: () => [],
  ports: () => [],
  written: () => 0,
  stopReading: () => {},
  readOn: () => {},
};
