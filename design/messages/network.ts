export const networkMessages = {} as const;
