// Says the same once more, after something outside did not do its part.
import { RotateCcw } from "lucide-react"
import { Button } from "@/components/ui/button"
import { useChatData } from "@chainlit/react-client"

export default function TryAgain() {
  const { loading } = useChatData()
  return (
    <div data-card="try-again">
      <Button size="sm" variant="outline" disabled={loading} onClick={() => sendUserMessage(props.text)}>
        <RotateCcw /> Try again
      </Button>
    </div>
  )
}
