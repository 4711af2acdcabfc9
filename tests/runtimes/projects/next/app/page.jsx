"use client";

import { useEffect, useState } from "react";
import { startPage } from "../service.mjs";

export default function Page() {
  const [text, setText] = useState("starts");
  useEffect(() => {
    startPage(setText);
  }, []);
  return <output>{text}</output>;
}
