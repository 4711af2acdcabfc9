/**
 * The handler of rejections that are told elsewhere. A function of the module, and not one made on the spot: that would keep
 * alive whatever stands around it until the promise is settled.
 */
export function ignore(): void {}
